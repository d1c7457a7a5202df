import { expect, test } from 'vitest';
import { tailnetStateSchema } from '#contract/tailnet.ts';
import type { NodeStatus } from './node-messages.ts';
import { endOfNode, tailnetState } from './tailnet-state.ts';
import type { NodeFacts } from './tailnet-state.ts';

const running: NodeStatus = {
  event: 'status',
  state: 'Running',
  health: [],
  ips: ['100.64.0.1'],
  certDomains: [],
  name: 'laptop.tail.test.',
  login: 'alice',
  tags: [],
  online: true,
};
const facts: NodeFacts = {
  loginServer: 'https://head.test',
  hostname: 'laptop',
  status: running,
  failure: undefined,
  loggedOut: false,
  silentMs: 0,
};
const fresh: NodeStatus = { event: 'status', state: 'NeedsLogin', health: [], ips: [], certDomains: [], tags: [] };

test.each<[string, Partial<NodeFacts>, object]>([
  ['it runs', {}, { phase: 'running', name: 'laptop.tail.test', addresses: ['100.64.0.1'], login: 'alice' }],
  ['nothing said yet', { status: undefined }, { phase: 'starting' }],
  ['logged out', { loggedOut: true }, { phase: 'logged-out' }],
  [
    'it cannot be started',
    { failure: { code: 'internal', message: 'no' } },
    { phase: 'failed', problem: { code: 'internal', message: 'no' } },
  ],
  [
    'a key that is refused',
    { status: { ...fresh, error: 'invalid pre auth key' } },
    {
      phase: 'needs-login',
      problem: { code: 'unauthorized', message: expect.stringContaining('invalid pre auth key') },
    },
  ],
  [
    'no key',
    { status: { ...fresh, authUrl: 'https://head.test/register/1' } },
    { phase: 'needs-login', login_url: 'https://head.test/register/1' },
  ],
  [
    'an address to log in at that is none of the web',
    { status: { ...fresh, error: 'x', authUrl: 'javascript:alert(1)' } },
    { phase: 'needs-login' },
  ],
  [
    'a clock that is wrong, or a certificate',
    {
      status: {
        ...fresh,
        health: [
          'The last login error was: fetch control key: Get "https://head.test/key?v=142": x509: certificate has expired or is not yet valid: current time 2026-11-27T00:45:05Z is before 2030-01-01T00:00:00Z',
        ],
      },
    },
    { phase: 'starting', problem: { code: 'upstream_failed', remedy: expect.stringContaining('clock') } },
  ],
  [
    'a control server that does not answer',
    { status: { ...fresh, health: ['You are logged out.'] } },
    {
      phase: 'starting',
      problem: { code: 'upstream_failed', message: expect.stringContaining('https://head.test cannot') },
    },
  ],
  [
    'a certificate that nobody signed',
    {
      status: {
        ...fresh,
        health: ['You are logged out. The last login error was: x509: certificate signed by unknown authority'],
      },
    },
    {
      problem: {
        message:
          'https://head.test shows a certificate that this computer does not trust: x509: certificate signed by unknown authority',
        remedy: expect.stringContaining('SSL_CERT_FILE'),
      },
    },
  ],
  [
    'a page in place of a control server',
    {
      status: {
        ...fresh,
        health: ["invalid character '<' looking for beginning of value\nkey hex has the wrong size"],
      },
    },
    {
      problem: { message: expect.stringContaining('as no control server'), remedy: expect.stringContaining('hotels') },
    },
  ],
  ['a control server that hangs, at first', { status: fresh, silentMs: 3_000 }, { phase: 'starting' }],
  [
    'a control server that hangs',
    { status: fresh, silentMs: 40_000 },
    { phase: 'starting', problem: { message: 'https://head.test has not answered for 40 s.' } },
  ],
  [
    'one that has gone',
    { status: { ...running, online: false } },
    { phase: 'running', problem: { code: 'upstream_failed' } },
  ],
  [
    'a node whose key has ended while it ran, of which its control server says no word more',
    { status: { ...running, state: 'NeedsLogin', authUrl: '', keyExpiry: '2026-11-27T12:33:40Z' } },
    {
      phase: 'needs-login',
      problem: {
        code: 'unauthorized',
        message:
          'https://head.test wants this host to be logged in anew: its key is good until 2026-11-27T12:33:40.000Z.',
        remedy: expect.stringContaining('guildnet tailnet login'),
      },
    },
  ],
  [
    'a wrong key that was given to a node that runs',
    {
      status: {
        ...running,
        online: false,
        health: ['You are logged out. The last login error was: invalid pre auth key'],
      },
    },
    { problem: { code: 'unauthorized', message: 'https://head.test refuses the login: invalid pre auth key.' } },
  ],
  [
    'a control server that goes while a node logs in anew',
    {
      status: {
        ...running,
        online: false,
        health: ['You are logged out. The last login error was: fetch control key: Get "http://x": connection refused'],
      },
    },
    { problem: { code: 'upstream_failed', message: expect.stringContaining('does not see this host now') } },
  ],
  [
    'what cannot be read of it, while it starts',
    { status: undefined, unread: 'login: Too big' },
    {
      phase: 'starting',
      problem: { message: 'https://head.test says of this host what it cannot read (login: Too big).' },
    },
  ],
  [
    'what cannot be read of it, while it runs',
    { status: running, unread: 'login: Too big' },
    { phase: 'running', problem: { code: 'upstream_failed', remedy: expect.stringContaining('Give it another name') } },
  ],
  [
    'a device that waits for approval',
    { status: { ...fresh, state: 'NeedsMachineAuth' } },
    { phase: 'needs-login', problem: { code: 'forbidden' } },
  ],
  [
    'a name that is taken',
    { status: { ...running, name: 'laptop-1.tail.test.' } },
    { phase: 'running', name: 'laptop-1.tail.test', problem: { code: 'conflict' } },
  ],
  [
    'a key that ends',
    { status: { ...running, keyExpiry: '2027-01-02T03:04:05Z' } },
    { key_expires_at: '2027-01-02T03:04:05.000Z' },
  ],
])('%s', (_, changed, expected) => {
  const state = tailnetState({ ...facts, ...changed });
  expect(state).toMatchObject(expected);
  expect(tailnetStateSchema.parse(state)).toEqual(state);
});

test('a login page that is none of the web is not handed on', () => {
  const state = tailnetState({ ...facts, status: { ...fresh, error: 'x', authUrl: 'javascript:alert(1)' } });
  expect(state).not.toHaveProperty('login_url');
});

test('a key that never ends has no end', () => {
  const state = tailnetState({ ...facts, status: { ...running, keyExpiry: '0001-01-01T00:00:00Z' } });
  expect(state).not.toHaveProperty('key_expires_at');
});

test.each([
  ['starting: open /home/a/state/tailnet/tailscaled.state: permission denied', 'bad_config', /another account/],
  ['starting: tsnet: read /home/a/state/tailnet/tailscaled.state: is a directory', 'bad_config', /another device/],
  [
    'starting: tsnet: write /home/a/state/tailnet/tailscaled.state.tmp2: no space left on device',
    'bad_config',
    /^Free some space/,
  ],
  ['it ended with SIGKILL', 'internal', undefined],
] as const)('a node that ends with "%s"', (why, code, remedy) => {
  const problem = endOfNode(why, '/home/a/state/tailnet');
  expect(problem).toMatchObject({ code, message: expect.stringContaining(why) as string });
  if (remedy !== undefined) expect(problem.remedy).toMatch(remedy);
});

test.each([
  [
    'tsnet: failed to migrate existing TPM-sealed state file to plaintext format: failed to unmarshal "tailscaled.state": unexpected end of JSON input',
    'failed to unmarshal "tailscaled.state": unexpected end of JSON input',
  ],
  ['tsnet: illegal base64 data at input byte 0', 'illegal base64 data at input byte 0'],
  [
    'tsnet: NewLocalBackend: failed to load profile prefs for alice (aacb): parsing saved prefs: invalid character',
    'NewLocalBackend: failed to load profile prefs for alice (aacb): parsing saved prefs: invalid character',
  ],
])('an identity that cannot be read, "%s"', (why, said) => {
  expect(endOfNode(`starting: ${why}`, '/home/a/state/tailnet')).toMatchObject({
    code: 'bad_config',
    message: `The tailnet node cannot read the identity that it keeps in /home/a/state/tailnet: ${said}. It is started again.`,
    remedy: expect.stringContaining('from a copy') as string,
  });
});
