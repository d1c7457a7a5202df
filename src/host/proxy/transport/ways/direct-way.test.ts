import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { plainAccess } from '#test/plain-access.ts';
import { createLog } from '../../../observability/log.ts';
import { TailnetDialError } from '../../../tailnet/outwards.ts';
import { portForwardTransport } from '../port-forward.ts';
import type { DialAddress } from './direct-way.ts';

const transportTo = (addresses: readonly DialAddress[]) =>
  portForwardTransport(plainAccess('http://127.0.0.1:1'), createLog({ level: 'silent' }), {
    ways: ['direct'],
    addresses: () => addresses,
  });
const target = { namespace: 'n', pod: 'p', port: 80 };

test('bytes go to the first address that answers, and the end of one direction leaves the other open', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    text(socket).then(
      (all) => socket.end(`all of it: ${all}`),
      () => socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // A link-local address without its link: to dial it fails at once, and nothing leaves this machine.
  const transport = transportTo([
    { host: 'fe80::1', port },
    { host: '127.0.0.1', port },
  ]);
  const prepared = await transport.prepare(target);
  expect(prepared.halfCloses).toBe(true);
  const ended = Promise.withResolvers<string>();
  let seen = '';
  const forward = prepared.begin({
    data: (bytes) => {
      seen += String(bytes);
      return true;
    },
    end: () => ended.resolve(seen),
    fail: ended.reject,
    drained: () => undefined,
  });
  forward.write(Buffer.from('hello'));
  forward.end();
  expect(await ended.promise).toBe('all of it: hello');
  transport.close();
  await new Promise((resolve) => server.close(resolve));
});

test('what keeps it from a pod is told as what it is', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const failing = async (addresses: readonly DialAddress[]): Promise<unknown> =>
    (await once(transportTo(addresses).open(target), 'error'))[0];
  expect(await failing([{ host: '127.0.0.1', port }])).toMatchObject({ failure: 'refused' });
  expect(await failing([{ host: 'fe80::1', port }])).toMatchObject({ failure: 'unreachable' });
  expect(await failing([])).toMatchObject({ failure: 'gone' });
});

test('where the tailnet leads, it is taken before this machine’s own network, and its word counts', async () => {
  const asked: string[] = [];
  const transport = portForwardTransport(plainAccess('http://127.0.0.1:1'), createLog({ level: 'silent' }), {
    ways: ['direct'],
    addresses: () => [
      { host: '127.0.0.1', port: 9 },
      { host: '10.96.0.7', port: 80 },
    ],
    dialTailnet({ host }) {
      asked.push(host);
      if (host !== '10.96.0.7') return Promise.resolve(undefined);
      return Promise.reject(new TailnetDialError('refused', host, 'connection was refused'));
    },
  });
  await expect(transport.prepare(target)).rejects.toMatchObject({ failure: 'refused' });
  expect(asked).toEqual(['127.0.0.1', '10.96.0.7']);
  transport.close();
});
