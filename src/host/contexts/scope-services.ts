import type { Doors } from '../access/doors.ts';
import type { RouterServices } from '../api/router.ts';
import type { Audit } from '../audit/audit.ts';
import { createCallGuard } from '../permission/call-guard.ts';
import type { ClusterScope } from './cluster-scope.ts';
import type { Labelled } from './labelled.ts';

/** What a router has of one cluster; the rest is the host's. */
export type ScopeServices = Pick<
  RouterServices,
  'cluster' | 'shares' | 'forwards' | 'gate' | 'guard' | 'doors' | 'audit' | 'tailnetAddress' | 'elsewhere'
>;

type Shared = Pick<ScopeServices, 'doors' | 'audit' | 'tailnetAddress'>;

/** The services of another context than the one in use: its own, and of the host's those that go by the ids that are known outside. */
export function scopeServices(
  { cluster, shares, forwards, gate }: ClusterScope,
  as: Labelled,
  { doors, audit, tailnetAddress }: Shared,
): ScopeServices {
  return {
    cluster,
    shares,
    forwards,
    gate,
    guard: createCallGuard(gate, cluster),
    doors: doorsThere(doors, as),
    audit: auditThere(audit, as),
    tailnetAddress: (id) => tailnetAddress(as.id(id)),
  };
}

function doorsThere(doors: Doors, as: Labelled): Doors {
  return { ...doors, open: ({ id, port }, who) => doors.open({ id: as.id(id), port }, who) };
}

function auditThere(audit: Audit, as: Labelled): Audit {
  return {
    ...audit,
    record: (act) => audit.record(act.workspace === undefined ? act : { ...act, workspace: as.id(act.workspace) }),
    opened: (act) => audit.opened({ ...act, workspace: as.id(act.workspace) }),
  };
}
