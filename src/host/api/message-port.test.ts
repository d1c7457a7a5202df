import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { HostClient } from '#contract/routes.ts';
import { startHost } from '#test/host/started-host.ts';

test('over a message port the same contract is served, with the same error bodies', async () => {
  await using started = await startHost();
  await started.reached('none');
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(started.host.router).upgrade(port1, { context: { caller: { kind: 'desktop' } } });
  port1.start();
  port2.start();
  const client: HostClient = createORPCClient(new RPCLink({ port: port2 }));
  expect(await client.host.health()).toEqual({ status: 'ok' });
  const refused: unknown = await client.workspaces.list().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ORPCError);
  expect(refused).toMatchObject({
    code: 'no_cluster',
    status: 503,
    data: { code: 'no_cluster', details: { remedy: expect.any(String) as string } },
  });
  const invalid: unknown = await client.workspaces.get({ id: '' }).catch((error: unknown) => error);
  expect(invalid).toMatchObject({ data: { code: 'bad_body', details: { issues: [{ path: 'id' }] } } });
  const watch = await client.host.watch();
  expect((await watch.next()).value).toMatchObject({ type: 'snapshot' });
  await watch.return?.();
  port2.close();
  port1.close();
});
