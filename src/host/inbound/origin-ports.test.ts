import { expect, test, vi } from 'vitest';
import { createOriginPorts, originPorts } from './origin-ports.ts';
import type { OriginAsk, OriginPort } from './origin-ports.ts';

const ask = (id: string, port?: number): OriginAsk => ({ kind: 'server', id, ...(port === undefined ? {} : { port }) });
const all = (): boolean => true;

function ports(given: OriginPort[] = [], isThere: (id: string) => boolean = all) {
  const changed = vi.fn();
  return { ...createOriginPorts({ given, isThere, changed }), changed };
}

test('each workspace and each of its ports has one of its own, and keeps it', () => {
  const book = ports();
  const asks = [ask('one'), ask('two'), ask('one', 3_000), { ...ask('one', 3_000), scheme: 'https' as const }];
  const given = asks.map((one) => book.of(one));
  expect(new Set(given).size).toBe(4);
  expect(asks.map((one) => book.of(one))).toEqual(given);
  expect(given.map((port) => book.at(port ?? 0))).toEqual(asks);
  expect(book.changed).toHaveBeenCalledTimes(4);
  const again = ports([...book.list()]);
  expect(asks.map((one) => again.of(one))).toEqual(given);
  expect(again.changed).not.toHaveBeenCalled();
});

test('hosts that know nothing of each other agree where nothing is in the way', () => {
  expect(ports().of(ask('code-server-1a2b3'))).toBe(ports().of(ask('code-server-1a2b3')));
});

test('they are in their range, and nobody else is at a port', () => {
  const book = ports();
  const port = book.of(ask('one')) ?? 0;
  expect(port).toBeGreaterThanOrEqual(originPorts.first);
  expect(port).toBeLessThan(originPorts.first + originPorts.count);
  expect(book.known(ask('one'))).toBe(port);
  expect(book.known(ask('one', 3_000))).toBeUndefined();
  expect(book.at(443)).toBeUndefined();
  expect(book.at(port + 1)).toBeUndefined();
});

test('what is no workspace gets none', () => {
  expect(ports([], () => false).of(ask('one'))).toBeUndefined();
});

test('one workspace cannot take them all', () => {
  const book = ports();
  const given = Array.from({ length: 100 }, (_, at) => book.of(ask('greedy', at + 1)));
  expect(given.filter((port) => port !== undefined)).toHaveLength(64);
  expect(book.of(ask('modest'))).toBeDefined();
});

test('when all were given, the workspace that has been gone for longest loses its own, and none that is there does', () => {
  const given = Array.from({ length: originPorts.count }, (_, at) => ({
    port: originPorts.first + at,
    ask: ask(`w${String(at)}`),
  }));
  const gone = new Set(['w7', 'w3']);
  const book = ports(given, (id) => !gone.has(id));
  expect(book.of(ask('new'))).toBe(originPorts.first + 3);
  expect(book.of(ask('newer'))).toBe(originPorts.first + 7);
  expect(book.of(ask('newest'))).toBeUndefined();
  expect(book.at(originPorts.first)).toEqual(ask('w0'));
});

test('a file that gives a port twice gives it once', () => {
  const book = ports([
    { port: 20_001, ask: ask('one') },
    { port: 20_001, ask: ask('two') },
  ]);
  expect(book.at(20_001)).toEqual(ask('one'));
  expect(book.of(ask('two'))).not.toBe(20_001);
});
