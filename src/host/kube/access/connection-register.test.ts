import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { apiConnectionsSchema } from '#contract/connections.ts';
import { createConnectionRegister } from './connection-register.ts';

class Line extends EventEmitter {
  bytesRead = 0;
  bytesWritten = 0;
}

test('what is open and what was carried is told by use and by pod', () => {
  const register = createConnectionRegister(() => 0);
  const [watch, first, second] = [new Line(), new Line(), new Line()];
  register.add(watch, { what: 'streams', protocol: 'http/1.1' });
  register.add(first, { what: 'tunnels', protocol: 'spdy', pod: 'a' });
  register.add(second, { what: 'tunnels', protocol: 'spdy', pod: 'b' });
  watch.bytesRead = 7;
  first.bytesWritten = 10;
  second.bytesRead = 100;
  const view = register.view();
  expect(apiConnectionsSchema.parse(view)).toEqual(view);
  expect(view.totals).toMatchObject([
    { what: 'streams', open: 1, opened: 1, bytes_in: 7, bytes_out: 0 },
    { what: 'tunnels', protocol: 'spdy', open: 2, opened: 2, bytes_in: 100, bytes_out: 10 },
  ]);
  expect(view.pods.map(({ pod, since }) => [pod, since])).toEqual([
    ['b', '1970-01-01T00:00:00.000Z'],
    ['a', '1970-01-01T00:00:00.000Z'],
  ]);
});

test('what a connection carried is counted once, after its end as before', () => {
  const register = createConnectionRegister();
  const line = new Line();
  register.add(line, { what: 'tunnels', protocol: 'spdy', pod: 'a' });
  line.bytesRead = 5;
  line.emit('close');
  for (let looks = 0; looks < 2; looks += 1)
    expect(register.view()).toMatchObject({ totals: [{ open: 0, opened: 1, bytes_in: 5 }], pods: [], more: 0 });
});

test('of many pods those that carry the most are told, and how many more there are', () => {
  const register = createConnectionRegister();
  for (let index = 0; index < 100; index += 1) {
    const line = new Line();
    line.bytesRead = index;
    register.add(line, { what: 'tunnels', protocol: 'spdy', pod: `p${String(index)}` });
  }
  const { pods, more } = register.view();
  expect([pods.length, pods[0]?.pod, more]).toEqual([64, 'p99', 36]);
});
