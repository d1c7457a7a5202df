/** What is sent and answered, by the call's name; a test holds each against its schema. */
export interface Example {
  request?: unknown;
  response?: unknown;
}

const id = 'code-server-1a2b3';
const at = '2026-11-26T08:00:00Z';
const server = {
  id,
  name: id,
  image: 'guildnet.local/code-server:latest',
  status: 'running',
  phase: 'Running',
  created_at: at,
  updated_at: at,
  ports: [{ port: 8080, name: 'http', url: `https://${id}.localhost:8080/` }],
  env: { DEBUG: '1' },
  env_hidden: ['PASSWORD'],
  ide_url: `https://${id}.localhost:8080/`,
};
const workspace = {
  id,
  etag: '"Yn3vJ9pQk1c8sVw0dLx2aA"',
  created_at: at,
  labels: { 'guildnet.io/managed': 'true', 'guildnet.io/id': id, team: 'red' },
  spec: {
    image: 'guildnet.local/code-server:latest',
    mode: 'Running',
    env: { DEBUG: '1' },
    env_hidden: ['PASSWORD'],
    ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
    ttl: '12h',
  },
  status: {
    phase: 'Running',
    node: 'node-1',
    pod: `${id}-5d8c7b9f6d-x2x4z`,
    url: `https://${id}.localhost:8080/`,
    changed_from_next_start: false,
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at, reason: 'Running', message: 'It answers.' }],
  },
};
const job = {
  image: 'guildnet.local/code-server:latest',
  name: 'code-server',
  env: { DEBUG: '1' },
  labels: { team: 'red' },
};
const line = { t: '2026-11-26T08:00:00.123456789Z', lvl: 'info', msg: 'HTTP server listening on http://0.0.0.0:8080/' };
const terminal = {
  session: '5f1c0a9be2',
  created_at: at,
  title: 'me@code-server: ~',
  cols: 120,
  rows: 40,
  attached: 1,
};
const forward = {
  id: '8c1f22aa',
  workspace: id,
  port: 5432,
  addresses: ['127.0.0.1:5432', '[::1]:5432'],
  local_port: 5432,
  exposed: false,
  state: 'ready',
  connections: { open: 1, total: 3, refused: 0 },
  bytes: { to_workspace: 1_204, from_workspace: 88_031 },
  created_at: at,
};
const deleted = { deleted: id, home: { id, retained_until: '2026-12-03T08:00:00Z' } };

export const examples: Readonly<Record<string, Example>> = {
  'host.health': { response: { status: 'ok' } },
  'workspaces.create': { request: job, response: { id, status: 'pending' } },
  'workspaces.list': { response: [server] },
  'workspaces.get': { response: server },
  'workspaces.delete': { response: deleted },
  'workspaces.stop': { response: { ...server, status: 'stopped', phase: 'Stopped' } },
  'logs.recent': { response: { container: 'workspace', containers: ['workspace'], lines: [line] } },
  'logs.server': { response: [line] },
  'resources.create': { request: job, response: workspace },
  'resources.plan': {
    request: { image: 'guildnet.local/code-server:1', name: 'notes', ttl: '12h' },
    response: {
      manifest: {
        apiVersion: 'guildnet.io/v1alpha1',
        kind: 'Workspace',
        metadata: { name: 'notes-xxxxx', namespace: 'default' },
        spec: { image: 'guildnet.local/code-server:1', mode: 'Running', ttl: '12h' },
      },
    },
  },
  'resources.list': {
    response: { items: [workspace], next: 'WzEsIjIwMjYtMTEtMjZUMDg6MDA6MDBaIiwiY29kZS1zZXJ2ZXItMWEyYjMiXQ' },
  },
  'resources.get': { response: workspace },
  'resources.patch': {
    request: {
      labels: { team: 'blue' },
      spec: { image: 'guildnet.local/code-server:2', env: { DEBUG: null, NEW: '1' } },
    },
    response: {
      workspace,
      changed: ['spec.image', 'spec.env.DEBUG', 'spec.env.NEW', 'labels.team'],
      restarts: ['spec.image', 'spec.env.DEBUG', 'spec.env.NEW'],
      takes_effect: 'next-start',
      dry_run: false,
    },
  },
  'resources.delete': { response: deleted },
  'resources.events': {
    response: [
      {
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off pulling image "ghcr.io/me/ide:2"',
        about: { kind: 'Pod', name: `${id}-5d8c7b9f6d-x2x4z` },
        count: 3,
        last_at: at,
      },
    ],
  },
  'resources.ports': {
    response: [
      {
        port: 8080,
        name: 'http',
        declared: true,
        protocol: 'TCP',
        scheme: 'http',
        listening: true,
        url: `https://${id}.localhost:8080/`,
      },
      {
        port: 5173,
        name: '',
        declared: false,
        protocol: 'TCP',
        scheme: 'http',
        listening: true,
        url: `https://5173--${id}.localhost:8080/`,
      },
    ],
  },
  'cluster.contexts': {
    response: [
      { name: 'home', server: 'https://192.168.1.10:6443', namespace: 'dev', selected: true, current: false },
      { name: 'staging', server: 'https://staging.example:6443', selected: false, current: true },
    ],
  },
  'cluster.use': {
    request: { context: 'staging', namespace: 'dev' },
    response: { phase: 'connecting', source: 'kubeconfig', context: 'staging', local: { available: true } },
  },
  'cluster.open': {
    request: { context: 'staging', namespace: 'dev' },
    response: {
      name: 'staging',
      server: 'https://staging.example:6443',
      selected: false,
      current: false,
      label: 'staging',
      open: { phase: 'connecting' },
    },
  },
  'cluster.close': { request: { context: 'staging' }, response: { name: 'staging', selected: false, current: false } },
  'cluster.resources': {
    response: {
      nodes: [
        {
          name: 'node-1',
          ready: true,
          schedulable: true,
          complaints: [],
          version: 'v1.37.2',
          architecture: 'amd64',
          allocatable: { cpu: 4, memory: 16_431_923_200, pods: 110 },
          requested: { cpu: 1.25, memory: 3_221_225_472, pods: 14 },
          used: { cpu: 0.31, memory: 2_147_483_648 },
        },
      ],
      workspaces: [
        {
          id,
          node: 'node-1',
          requested: { cpu: 0.01, memory: 134_217_728 },
          used: { cpu: 0.002, memory: 80_740_352 },
        },
      ],
      problems: {},
    },
  },
  'cluster.rights': {
    response: {
      user: 'anna',
      namespace: 'dev',
      rules: [
        { why: 'Its last words.', scope: 'namespace', grants: 'get pods/log', missing: ['get pods/log'], vital: false },
      ],
    },
  },
  'terminals.list': { response: [terminal] },
  'terminals.open': { request: { id, cols: 120, rows: 40 }, response: terminal },
  'terminals.end': { response: { ended: terminal.session } },
  'forwards.list': { response: [forward] },
  'forwards.ofWorkspace': { response: [forward] },
  'forwards.open': { request: { port: 5432 }, response: forward },
  'forwards.stop': { response: { stopped: forward.id } },
  'forwards.stopAll': { response: { stopped: [forward.id] } },
  'all.stopAll': { response: { deleted: [id] } },
};
