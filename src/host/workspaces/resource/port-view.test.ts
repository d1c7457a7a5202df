import { expect, test } from 'vitest';
import { aPod, aWorkspace } from '#test/operator/objects.ts';
import { portsOf } from './port-view.ts';

const ideUrl = (id: string, port?: number): string => `https://${String(port)}--${id}.localhost/`;
const told =
  (...args: Parameters<typeof aWorkspace>) =>
  (pod?: ReturnType<typeof aPod>) =>
    portsOf(aWorkspace(...args), pod, ideUrl);

test('without any declared port those that GuildNet gives are told, each with its address', () => {
  expect(told()()).toEqual([
    { port: 8080, name: 'http', protocol: 'TCP', scheme: 'http', url: 'https://8080--ws.localhost/' },
    { port: 8443, name: 'https', protocol: 'TCP', scheme: 'https', url: 'https://8443--ws.localhost/' },
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
