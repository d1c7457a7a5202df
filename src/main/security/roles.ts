import type { Session } from 'electron';
import { closed, type Role } from './role.ts';

const roles = new WeakMap<Session, Role>();

/** Fixes what every page of a session is. Before the session's first page; a session never changes its role. */
export function assignRole(session: Session, role: Role): void {
  const had = roles.get(session);
  if (had !== undefined && JSON.stringify(had) !== JSON.stringify(role)) {
    throw new Error(`A session that is ${JSON.stringify(had)} cannot become ${JSON.stringify(role)}.`);
  }
  roles.set(session, role);
}

/** What the pages of a session are; `closed` for a session nobody gave a role. */
export function roleOf(session: Session): Role {
  return roles.get(session) ?? closed;
}
