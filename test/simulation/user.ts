import { hasStatus } from '#host/kube/status-info.ts';
import type { SimulatedApi } from './api/api-server.ts';
import { asMap } from './api/merge.ts';
import type { Random } from './random.ts';

const workspacePath = '/apis/guildnet.io/v1alpha1/namespaces/sim/workspaces';
const deploymentPath = '/apis/apps/v1/namespaces/sim/deployments';
export const servicePath = '/api/v1/namespaces/sim/services';
/** How soon a stranger's Service comes that is to come at the same moment as something else, in milliseconds at most. */
export const strangerWithin = 100;
const names = ['a', 'b', 'c'] as const;
const images = ['guildnet.local/echo:1', 'codercom/code-server:4.1', 'quay.io/jupyter/base-notebook:1'] as const;

/** The people of a cluster: each call does one thing that somebody could do, and says what it was. */
export function createUser(
  api: SimulatedApi,
  random: Random,
  after: (milliseconds: number, act: () => void) => void,
): () => string {
  const send = (method: string, path: string, body?: unknown): void => {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    api.request({ who: 'user', method, path, body, contentType });
  };
  const create = (name: string): void => {
    const labels = { 'guildnet.io/managed': 'true', 'guildnet.io/id': name };
    send('POST', workspacePath, { metadata: { name, labels }, spec: randomSpec(random) });
  };
  const edit = (name: string, spec: Record<string, unknown>): void =>
    send('PATCH', `${workspacePath}/${name}`, { spec });
  const remove = (name: string): void => send('DELETE', `${workspacePath}/${name}`);
  const stranger = (name: string): void => {
    send('POST', servicePath, { metadata: { name }, spec: { ports: [{ port: 1 }] } });
  };
  const actions: readonly [weight: number, what: string, act: (name: string) => void][] = [
    [6, 'create', create],
    [2, 'edit image', (name) => edit(name, { image: random.pick(images) })],
    [1, 'edit env', (name) => edit(name, { env: [{ name: 'TURN', value: String(random.between(0, 9)) }] })],
    [1, 'give up env', (name) => edit(name, { env: null })],
    [2, 'stop', (name) => edit(name, { running: false })],
    [2, 'start', (name) => edit(name, { running: true })],
    [4, 'delete', remove],
    [
      2,
      'delete and create at once',
      (name) => {
        remove(name);
        create(name);
      },
    ],
    [1, 'delete the Deployment', (name) => send('DELETE', `${deploymentPath}/${name}`)],
    [1, 'delete the Service', (name) => send('DELETE', `${servicePath}/${name}`)],
    [
      1,
      'scale by hand',
      (name) => send('PATCH', `${deploymentPath}/${name}`, { spec: { replicas: random.between(0, 3) } }),
    ],
    [1, 'relabel the Service', (name) => send('PATCH', `${servicePath}/${name}`, { metadata: { labels: null } })],
    [1, 'a stranger’s Service', stranger],
    [
      1,
      'a stranger’s Service at the same moment',
      (name) => {
        create(name);
        after(random.between(1, strangerWithin), () => attempt(() => stranger(name)));
      },
    ],
    [
      1,
      'the stranger takes it away',
      (name) => removeStranger(api, name, () => send('DELETE', `${servicePath}/${name}`)),
    ],
  ];
  const wheel = actions.flatMap((action) => Array.from({ length: action[0] }, () => action));
  return () => {
    const name = random.pick(names);
    const [, what, act] = random.pick(wheel as [(typeof wheel)[number], ...typeof wheel]);
    return `${what} ${name}${attempt(() => act(name)) ? '' : ': refused'}`;
  };
}

/** Whether what somebody did makes a stranger's Service, at once or `strangerWithin`. */
export function bringsStranger(did: string): boolean {
  return did.startsWith('a stranger’s Service');
}

/** False when it is not there, or already is: people are told so, and go on. */
function attempt(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (hasStatus(error, 404) || hasStatus(error, 409)) return false;
    throw error;
  }
}

function removeStranger(api: SimulatedApi, name: string, remove: () => void): void {
  if (isStranger(api, name)) remove();
}

/** Whether the Service of that name was made by somebody for themselves. */
export function isStranger(api: SimulatedApi, name: string): boolean {
  const service = api.get('services', name);
  return service !== undefined && (service.metadata.ownerReferences ?? []).length === 0;
}

function randomSpec(random: Random): Record<string, unknown> {
  return {
    image: random.pick(images),
    running: random.chance(0.8),
    ...(random.chance(0.3) ? { env: [{ name: 'A', value: '1' }] } : {}),
    ...(random.chance(0.2) ? { ports: [{ containerPort: 3000 }] } : {}),
    ...(random.chance(0.7) ? { home: randomHome(random) } : {}),
    ...(random.chance(0.1) ? { ttl: '5m' } : {}),
    ...(random.chance(0.1) ? { idle: { stopAfter: '5m' } } : {}),
    // It slipped past an older CRD.
    ...(random.chance(0.1) ? { ports: [{ containerPort: 0 }], env: [{}] } : {}),
  };
}

function randomHome(random: Random): Record<string, unknown> {
  const retain = random.pick([undefined, undefined, undefined, '20m', '0s'] as const);
  return { size: '1Gi', ...(retain === undefined ? {} : { retain }) };
}

/** How long the home of a Workspace is kept when the Workspace goes, in ms; undefined when it has none. */
export function retentionOf(spec: unknown): number | undefined {
  const home = asMap(spec)['home'];
  if (home === undefined) return undefined;
  const retain = asMap(home)['retain'] ?? '168h';
  return retain === '0s' ? 0 : retain === '20m' ? 20 * 60_000 : 168 * 3_600_000;
}
