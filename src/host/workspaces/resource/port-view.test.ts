import { expect, test } from 'vitest';
import { aPod, aWorkspace } from '#test/operator/objects.ts';
import { portsOf } from './port-view.ts';

const ideUrl = (id: string, port?: number): string => `https://${String(port)}--${id}.localhost/`;
const told =
  (...args: Parameters<typeof aWorkspace>) =>
  (pod?: ReturnType<typeof aPod>, open?: Parameters<typeof portsOf>[3]) =>
    portsOf(aWorkspace(...args), pod, ideUrl, open);

test('without any declared port those that GuildNet gives are told, each with its address', () => {
  expect(told()()).toEqual([
    { port: 8080, name: 'http', declared: true, protocol: 'TCP', scheme: 'http', url: 'https://8080--ws.localhost/' },
    { port: 8443, name: 'https', declared: true, protocol: 'TCP', scheme: 'https', url: 'https://8443--ws.localhost/' },
  ]);
});

test('what is not TCP has no address', () => {
  const ports = told({ ports: [{ containerPort: 53, protocol: 'UDP' }] })();
  expect(ports).toEqual([expect.not.objectContaining({ url: expect.anything() as unknown })]);
});

test('of the first it is told whether it is open, where the kubelet looks', () => {
  const listening = (pod: ReturnType<typeof aPod>, spec = {}) => told(spec)(pod).map((port) => port.listening);
  const ready = aPod({ conditions: { Ready: 'True' } });
  expect(listening(ready)).toEqual([true, undefined]);
  expect(listening(aPod({ conditions: { Ready: 'False' } }))).toEqual([false, undefined]);
  expect(listening(ready, { probe: { kind: 'none' } })).toEqual([undefined, undefined]);
});

test('what a look has found is told, of declared ports and of others; what was found closed and nobody has declared is not', () => {
  const open = new Map([
    [8080, true],
    [8443, false],
    [5173, true],
    [5432, true],
    [3000, false],
  ]);
  expect(told()(undefined, open).map(({ port, declared, listening, url }) => [port, declared, listening, url])).toEqual(
    [
      [8080, true, true, 'https://8080--ws.localhost/'],
      [8443, true, false, 'https://8443--ws.localhost/'],
      [5173, false, true, 'https://5173--ws.localhost/'],
      [5432, false, true, undefined],
    ],
  );
});

test.each([
  ['True', true, true],
  ['True', false, true],
  ['False', true, true],
  ['False', false, false],
] as const)('a port that the kubelet finds ready: %s, and a look open: %s, listens: %s', (ready, open, listening) => {
  const pod = aPod({ conditions: { Ready: ready } });
  expect(told()(pod, new Map([[8080, open]]))[0]?.listening).toBe(listening);
});

test('a look by TCP says nothing of a port that is not', () => {
  const ports = told({ ports: [{ containerPort: 53, protocol: 'UDP' }] })(undefined, new Map([[53, true]]));
  expect(ports.map(({ port, protocol, listening }) => [port, protocol, listening])).toEqual([
    [53, 'UDP', undefined],
    [53, 'TCP', true],
  ]);
});
