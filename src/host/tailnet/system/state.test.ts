import { expect, test } from 'vitest';
import { statusSchema } from './messages.ts';
import { locateIn, routesOf } from './reach.ts';
import { systemState } from './state.ts';

/** As tailscaled 1.102 writes it, cut to what is read. */
const written = {
  Version: '1.102.5',
  TUN: false,
  BackendState: 'Running',
  AuthURL: '',
  TailscaleIPs: ['100.64.0.1', 'fd7a:115c:a1e0::1'],
  Self: { ID: 'n1', DNSName: 'box.tail.test.', UserID: 1, TailscaleIPs: ['100.64.0.1'], Online: true },
  Health: null,
  Peer: {
    'nodekey:1': {
      ID: 'n2',
      DNSName: 'router.tail.test.',
      UserID: 2,
      TailscaleIPs: ['100.64.0.2'],
      PrimaryRoutes: ['10.96.0.0/16'],
      Online: true,
    },
    'nodekey:2': { ID: 'n3', DNSName: 'phone.tail.test.', UserID: 1, TailscaleIPs: ['100.64.0.3'] },
  },
  User: { '1': { ID: 1, LoginName: 'ann', DisplayName: 'Ann' }, '2': { ID: 2, LoginName: 'bob' } },
};
const statusOf = (change: object = {}) => statusSchema.parse({ ...written, ...change });

test('what it says is told as of every other mode', () => {
  const failure = undefined;
  expect(systemState({ status: statusOf(), loginServer: 'https://head.test', failure })).toEqual({
    mode: 'system',
    login_server: 'https://head.test',
    phase: 'running',
    name: 'box.tail.test',
    addresses: written.TailscaleIPs,
    login: 'ann',
    tags: [],
    health: [],
  });
});

test.each<[string, object, string, RegExp]>([
  ['nobody is logged in', { BackendState: 'NeedsLogin' }, 'needs-login', /not logged in/],
  ['somebody has to approve it', { BackendState: 'NeedsMachineAuth' }, 'needs-login', /not approved/],
  ['it is switched off', { BackendState: 'Stopped' }, 'logged-out', /switched off/],
  ['the control server is away', { Self: { ...written.Self, Online: false } }, 'running', /control server/],
])('%s', (_, change, phase, message) => {
  expect(systemState({ status: statusOf(change), loginServer: undefined, failure: undefined })).toMatchObject({
    phase,
    problem: { message: expect.stringMatching(message) as string, remedy: expect.any(String) as string },
  });
});

test('a tailscaled that is not there is a failure, and nothing heard yet is none', () => {
  const failure = { code: 'upstream_failed', message: 'nobody is there' } as const;
  expect(systemState({ status: undefined, loginServer: undefined, failure })).toEqual({
    mode: 'system',
    phase: 'failed',
    problem: failure,
  });
  expect(systemState({ status: undefined, loginServer: undefined, failure: undefined }).phase).toBe('starting');
});

test.each([
  ['a name', 'router.tail.test', '100.64.0.2'],
  ['a name as people write it', 'Router.Tail.Test.', '100.64.0.2'],
  ['an address', '100.64.0.3', '100.64.0.3'],
  ['an address that a node leads to', '10.96.3.4', '10.96.3.4'],
  ['one that nobody leads to', '10.97.0.1', undefined],
  ['a name of somebody else', 'example.com', undefined],
])('%s is found in the tailnet', (_, host, address) => expect(locateIn(statusOf(), host)).toBe(address));

test('where the machine’s own network leads there nothing is dialled by tailscaled', () => {
  expect(locateIn(statusOf({ TUN: true }), '100.64.0.2')).toBeUndefined();
  expect(routesOf(statusOf())).toEqual([{ cidr: '10.96.0.0/16', via: 'router.tail.test', online: true }]);
});
