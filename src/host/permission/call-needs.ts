import type { Action } from '#contract/grant.ts';

/** What an answer consists of, of which peers are shown what is for them (`shown-to.ts`). */
export type Shows =
  | 'servers'
  | 'server'
  | 'page'
  | 'resource'
  | 'patched'
  | 'ports'
  | 'homes'
  | 'events'
  | 'changes'
  | 'status'
  | 'cluster'
  | 'tailnet';

/** The field of a call's input that names a workspace. */
export type IdField = 'id' | 'target';

interface OfWorkspace {
  opens?: 'shell';
  /** It runs afterwards, which needs `launch` as well. */
  launches?: true;
  changes?: true;
  shows?: Shows;
  /** It is for the workspace's owner, and for who has `admin`. */
  owns?: true;
  /** Where it is not `id`. */
  names?: IdField;
}

/** What a call of the contract asks of whoever makes it. */
export type Need =
  /** Nothing; of a list or stream, what they may not see is left out. */
  | { kind: 'free'; shows?: Shows }
  /** The user of this computer: what is handed out would make another user of a peer, or is of this computer alone. */
  | { kind: 'local'; changes?: true; shows?: undefined }
  /** The action, of no workspace in particular. */
  | { kind: 'host'; action: Action; changes?: true; shows?: Shows }
  /** The action, of the workspace or home that is named. */
  | ({ kind: 'workspace'; action: Action } & OfWorkspace);

const free: Need = { kind: 'free' };
const admin: Need = { kind: 'host', action: 'admin', changes: true };
const local = { kind: 'local' } as const;
const of = (action: Action, more: OfWorkspace = {}): Need => ({
  kind: 'workspace',
  action,
  ...more,
});
const launch = { kind: 'host', action: 'launch', changes: true } as const;
const change = { changes: true } as const;
const shell = { opens: 'shell' } as const;
const start = { launches: true, changes: true } as const;
const resource = { shows: 'resource' } as const;

/**
 * Every call by its path in the contract. Reading the log, a variable or a port is `open`: it shows what runs in there. What
 * changes a workspace is `stop` of what it is and `launch` of what it becomes.
 */
export const callNeeds: Readonly<Record<string, Need>> = {
  'host.health': free,
  'host.live': free,
  'host.ready': free,
  'host.uiConfig': free,
  'host.status': { kind: 'free', shows: 'status' },
  'host.openapi': free,
  'host.authorities': free,
  'host.watch': { kind: 'free', shows: 'events' },
  'access.link': local,
  'access.signOut': free,
  'access.me': free,
  'access.canI': free,
  'access.audit': { kind: 'host', action: 'admin' },
  'host.settings': { kind: 'host', action: 'admin' },
  'host.doctor': { kind: 'host', action: 'admin' },
  'shares.list': free,
  'shares.of': of('view'),
  'shares.create': of('open', { ...shell, ...change, owns: true }),
  'shares.revoke': of('view', { ...change, owns: true }),
  'shares.policy': { kind: 'host', action: 'admin' },
  'presets.list': free,
  'presets.get': free,
  'presets.create': admin,
  'presets.replace': admin,
  'presets.delete': admin,
  'presets.reset': admin,
  'resources.follow': { kind: 'free', shows: 'changes' },
  'images.list': free,
  'images.defaults': free,
  'workspaces.create': launch,
  'workspaces.list': { kind: 'free', shows: 'servers' },
  'workspaces.get': of('view', { shows: 'server' }),
  // To a peer it gives an address, and nothing by which to get in there.
  'workspaces.open': of('open'),
  'workspaces.env': of('open'),
  'workspaces.delete': of('delete', change),
  'workspaces.purge': of('delete', change),
  'workspaces.stop': of('stop', change),
  'workspaces.start': of('stop', start),
  'workspaces.restart': of('stop', change),
  'resources.create': { ...launch, ...resource },
  'resources.plan': { kind: 'host', action: 'launch' },
  'resources.list': { kind: 'free', shows: 'page' },
  'resources.get': of('view', resource),
  'resources.patch': of('stop', { ...change, shows: 'patched' }),
  'resources.delete': of('delete', change),
  'resources.events': of('view'),
  'resources.ports': of('view', { shows: 'ports' }),
  'resources.restore': of('stop', { ...start, ...resource }),
  'resources.stop': of('stop', { ...change, ...resource }),
  'resources.start': of('stop', { ...start, ...resource }),
  'resources.restart': of('stop', { ...change, ...resource }),
  'all.stopAll': admin,
  'all.adminStopAll': admin,
  // At the host's machine, where only its user is at home.
  'forwards.list': local,
  'forwards.stop': { ...local, ...change },
  'forwards.ofWorkspace': local,
  'forwards.open': { ...local, ...change },
  'forwards.stopAll': { ...local, ...change },
  'homes.list': { kind: 'free', shows: 'homes' },
  'homes.restore': of('stop', start),
  'homes.delete': of('delete', change),
  'logs.recent': of('open'),
  'logs.server': of('open'),
  'logs.follow': of('open', { names: 'target' }),
  'terminals.list': of('open', shell),
  'terminals.open': of('open', { ...shell, ...change }),
  'terminals.end': of('open', { ...shell, ...change }),
  'terminals.follow': of('open', shell),
  // What is typed is written down nowhere.
  'terminals.send': of('open', shell),
  'proxy.debug': { kind: 'host', action: 'admin' },
  'tailnet.get': { kind: 'free', shows: 'tailnet' },
  // A peer that logged this host out would cut off all others.
  'tailnet.login': { ...local, ...change },
  'tailnet.logout': { ...local, ...change },
  'tailnet.use': { ...local, ...change },
  'tailnet.peers': { kind: 'host', action: 'admin' },
  'tailnet.hosts': { kind: 'host', action: 'view' },
  'tailnet.netcheck': { kind: 'host', action: 'admin' },
  'cluster.get': { kind: 'free', shows: 'cluster' },
  'cluster.startLocal': admin,
  'cluster.retry': admin,
  'cluster.contexts': { kind: 'host', action: 'admin' },
  'cluster.use': admin,
  'cluster.open': admin,
  'cluster.close': admin,
  'cluster.resources': { kind: 'host', action: 'admin' },
  'cluster.rights': { kind: 'host', action: 'admin' },
  'cluster.local': { kind: 'host', action: 'admin' },
  'cluster.stopLocal': admin,
  'cluster.localImages': { kind: 'host', action: 'admin' },
  // A file of this machine, which only its user has there.
  'cluster.loadImage': { ...local, ...change },
  'cluster.removeImage': admin,
};

/** What is not listed is for those who may do everything. */
export function needOf(path: readonly string[]): Need {
  const name = path.join('.');
  return Object.hasOwn(callNeeds, name) ? (callNeeds[name] ?? admin) : admin;
}
