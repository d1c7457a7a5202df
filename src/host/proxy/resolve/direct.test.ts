import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { DirectTarget } from '../target.ts';
import { directTransport } from '../transport/direct.ts';
import { directTarget, mayConnect } from './direct.ts';
import { tellNobody } from './step.ts';

const policy = { own: [], ownPort: 8080, apiServers: [] };

test('a name is resolved once: what it answers later changes nothing', async () => {
  let asked = 0;
  const target = await directTarget(
    { host: 'rebinding.example', port: 80, scheme: 'http' },
    {
      policy,
      anyRange: false,
      tell: tellNobody,
      resolve: async () => {
        asked += 1;
        return [asked === 1 ? '93.184.216.34' : '127.0.0.1'];
      },
    },
  );
  expect(target).toMatchObject({ host: 'rebinding.example', address: '93.184.216.34' });
  expect(asked).toBe(1);
});

const local = (port: number): DirectTarget => ({
  kind: 'direct',
  host: 'nas.example',
  address: '127.0.0.1',
  anyRange: false,
  port,
  scheme: 'http',
});

async function ending(target: DirectTarget, refuses: (target: DirectTarget) => string | undefined): Promise<unknown> {
  const [error] = (await once(directTransport({ refuses }).open(target), 'error')) as [unknown];
  return error;
}

test('the address is asked about again when the connection begins', async () => {
  const server = createServer();
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const target = local((server.address() as AddressInfo).port);
  const error = await ending(target, (one) => mayConnect(one, { policy, anyRange: one.anyRange }));
  expect(error).toMatchObject({ code: 'forbidden', message: expect.stringContaining('loopback') as string });
  const allowed = directTransport({ refuses: () => undefined }).open(target);
  await once(allowed, 'connect');
  allowed.destroy();
  await new Promise((resolve) => server.close(resolve));
  expect(connections).toBe(1);
});

test('nothing that listens is told with host and port', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const error = await ending(local(port), () => undefined);
  expect(error).toBeInstanceOf(GuildNetError);
  expect(error).toMatchObject({ message: `Nothing listens on port ${String(port)} of nas.example.` });
});
