import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { TailnetState } from '#contract/tailnet.ts';
import { behindAFront } from './behind-a-front.ts';
import { toPeer } from './to-peer.ts';

const bob = { login: 'bob', device: { name: 'phone.tail.test.', id: 'n2' }, tags: [], capabilities: [] };
const state: TailnetState = { mode: 'system', phase: 'running', addresses: ['100.64.0.1', 'fd7a::1'] };

interface Asked {
  headers: Record<string, string>;
  /** Below 0: nobody knows. */
  user?: number;
  /** A peer is behind the connection itself. */
  isForwarded?: boolean;
}

async function whoIs({ headers, user = 0, isForwarded = false }: Asked): Promise<unknown> {
  const { identify } = behindAFront({
    peers: {
      at: ({ address }) =>
        address === '100.64.0.2' ? Promise.resolve(toPeer(bob)) : Promise.reject(new Error('nobody')),
    },
    tailnet: {
      state,
      whois: () => (isForwarded ? Promise.resolve(bob) : Promise.reject(new Error('nobody'))),
    },
    userOf: () => Promise.resolve(user < 0 ? undefined : user),
    trusted: [0, 1_000],
  });
  const request = { socket: new Socket(), headers } as unknown as IncomingMessage;
  try {
    const found = await identify(request, { kind: 'control' });
    return 'identity' in found && found.identity.kind === 'peer' ? found.identity.peer.login : found;
  } catch (error) {
    return String(error);
  }
}

const good = { 'x-forwarded-for': '100.64.0.2', 'tailscale-user-login': 'bob' };

test.each<[string, Asked]>([
  ['what root passes on', { headers: good }],
  ['what a proxy of our own user passes on', { headers: good, user: 1_000 }],
  ['a front that says no login', { headers: { 'x-forwarded-for': '100.64.0.2' } }],
  ['a login that is not ASCII', { headers: { ...good, 'tailscale-user-login': '=?utf-8?q?b=C3=B6b?=' } }],
])('%s is the peer’s at that address', async (_, asked) => expect(await whoIs(asked)).toBe('bob'));

test.each<[string, Asked, RegExp]>([
  ['another user of this computer', { headers: good, user: 65_534 }, /another user/],
  ['somebody whom the system does not know', { headers: good, user: -1 }, /another user/],
  ['a peer who writes what a front writes', { headers: good, isForwarded: true }, /past the front/],
  ['another login than the tailnet’s', { headers: { ...good, 'tailscale-user-login': 'alice' } }, /another user than/],
  ['a login alone', { headers: { 'tailscale-user-login': 'bob' } }, /does not say/],
  ['an address that nobody has', { headers: { ...good, 'x-forwarded-for': '100.64.0.9' } }, /nobody/],
  ['a list of addresses', { headers: { ...good, 'x-forwarded-for': '100.64.0.2, 6.6.6.6' } }, /does not say/],
  ['what is no address', { headers: { ...good, 'x-forwarded-for': 'bob' } }, /does not say/],
  ['somebody from the internet', { headers: { ...good, 'tailscale-funnel-request': '?1' } }, /does not say/],
  ['the machine itself', { headers: { 'x-forwarded-for': '100.64.0.1' } }, /own machine/],
])('%s is not believed', async (_, asked, why) => expect(await whoIs(asked)).toMatch(why));
