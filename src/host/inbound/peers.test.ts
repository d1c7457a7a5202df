import { expect, test, vi } from 'vitest';
import { createLog } from '../observability/log.ts';
import type { NodePeer } from '../tailnet/node-messages.ts';
import { createPeers } from './peers.ts';

const log = createLog({ level: 'silent' });
const end = (address: string) => ({ address, port: 40_000 });

function tailnet() {
  const there = new Map<string, NodePeer>([
    ['100.64.0.1', person('anna', 'n1')],
    ['fd7a::1', person('anna', 'n1')],
    ['100.64.0.2', person('bob', 'n2')],
  ]);
  const whois = vi.fn(({ address }: { address: string }) => {
    const found = there.get(address);
    return found === undefined ? Promise.reject(new Error('Nobody is there.')) : Promise.resolve(found);
  });
  const peers = createPeers(whois, log);
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      peers.onChange(resolve);
      peers.forget();
    });
  return { there, whois, peers, changed };
}

function person(login: string, id: string, ...capabilities: unknown[]): NodePeer {
  return { login, device: { name: `${login}.tail.test.`, id }, tags: [], capabilities };
}

test('an address is asked about once until something changes', async () => {
  const { whois, peers, changed } = tailnet();
  expect((await peers.at(end('100.64.0.1'))).login).toBe('anna');
  await Promise.all([peers.at(end('100.64.0.1')), peers.at({ address: '100.64.0.1', port: 1 })]);
  expect(whois).toHaveBeenCalledTimes(1);
  await changed();
  await peers.at(end('100.64.0.1'));
  expect(whois).toHaveBeenCalledTimes(2);
});

test('after a change a device is what it is then, by whichever of its addresses', async () => {
  const { there, peers, changed } = tailnet();
  const [anna, bob] = await Promise.all([peers.at(end('fd7a::1')), peers.at(end('100.64.0.2'))]);
  expect(peers.now(anna)).toEqual(anna);
  there.set('fd7a::1', person('anna', 'n1', { actions: ['view'] }));
  there.delete('100.64.0.2');
  await changed();
  expect(peers.now(anna)?.capabilities).toEqual(['{"actions":["view"]}']);
  expect(peers.now(bob)).toBeUndefined();
  await expect(peers.at(end('100.64.0.2'))).rejects.toThrow('Nobody');
});

test('an answer that was on its way while something changed is not taken for the new one', async () => {
  const waiting: ((peer: NodePeer) => void)[] = [];
  const peers = createPeers(() => new Promise((resolve) => waiting.push(resolve)), log);
  const first = peers.at(end('100.64.0.1'));
  const renewed = new Promise<void>((resolve) => peers.onChange(resolve));
  peers.forget();
  const second = peers.at(end('100.64.0.1'));
  waiting[1]?.(person('anna', 'n1'));
  await renewed;
  waiting[0]?.(person('anna', 'n1', 'old'));
  expect((await second).capabilities).toEqual([]);
  expect((await first).capabilities).toHaveLength(1);
  expect(peers.now(await second)?.capabilities).toEqual([]);
});

test('changes that come while it is asked lead to one more question', async () => {
  const { whois, peers, changed } = tailnet();
  await peers.at(end('100.64.0.1'));
  const over = changed();
  peers.forget();
  peers.forget();
  await over;
  expect(whois).toHaveBeenCalledTimes(3);
});
