import { isOwn, parseUrl, type Role } from './role.ts';

/** Of what an IDE may be granted, what the person is asked about for each workspace. */
const asked = ['clipboard-read', 'notifications'] as const;
export type AskedPermission = (typeof asked)[number];

export const isAsked = (permission: string): permission is AskedPermission =>
  (asked as readonly string[]).includes(permission);

/**
 * What a page may be granted: the UI copies text, an IDE behaves as in a browser tab. VS Code pastes in its terminal only with
 * clipboard-read. Everything else (camera, location, USB, opening programs, …) is refused.
 */
const grants: Record<Role['kind'], ReadonlySet<string>> = {
  ui: new Set(['clipboard-sanitized-write']),
  workspace: new Set(['clipboard-read', 'clipboard-sanitized-write', 'fullscreen', 'pointerLock', 'notifications']),
  closed: new Set(),
};

/**
 * Whether a page of `role` may use `permission` (names as in Electron's `setPermissionRequestHandler`) when `requester`,
 * a URL or an origin, asks for it. Foreign frames inside a page never get what the page itself gets.
 */
export function mayUse(role: Role, permission: string, requester: string): boolean {
  if (!grants[role.kind].has(permission)) return false;
  const url = parseUrl(requester);
  if (url === undefined) return false;
  // The check handler is told a bare origin, which says nothing of the path: it is the workspace's own then.
  const isBareOrigin = url.pathname === '/' && url.search === '';
  return isOwn(role, role.kind === 'workspace' && isBareOrigin ? new URL(new URL(role.url).pathname, url) : url);
}
