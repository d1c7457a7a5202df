import { createRouterClient, implement } from '@orpc/server';
import { expect, test } from 'vitest';
import type { HostEvent } from '#contract/events.ts';
import { contract } from '#contract/routes.ts';
import type { Server } from '#contract/server.ts';
import { createLog } from '#host/observability/log.ts';
import { followWorld } from './follow-world.ts';

const log = createLog({ level: 'silent' });
const server = (id: string): Server => ({ id, name: id, image: 'i', status: 'running', phase: 'Running' });
const snapshot = (...servers: Server[]): HostEvent => ({
  type: 'snapshot',
  servers,
  homes: [],
  cluster: { phase: 'online', local: { available: false } },
});

/** A host whose n-th watch yields the n-th list of events and then breaks; the last one stays open. */
function hostWith(...watches: HostEvent[][]) {
  const left = [...watches];
  const watch = implement(contract.host.watch).handler(async function* ({ signal }) {
    const isLast = left.length === 1;
    yield* left.shift() ?? [];
    if (!isLast) throw new Error('the watch broke');
    await new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  });
  return createRouterClient({ host: { watch } });
}

test('follows, and takes a broken watch up again', async () => {
  const world = followWorld(hostWith([snapshot(server('a'))], [snapshot(server('b'))]), log, 1);
  await expect.poll(() => [...world.now().servers.keys()]).toEqual(['b']);
  await world.stop();
});

test('a listener that throws keeps nothing from the others, and nobody hears anything after the stop', async () => {
  const world = followWorld(hostWith([snapshot(), { type: 'upsert', server: server('a') }]), log, 1);
  const heard: string[] = [];
  world.onChange(() => {
    throw new Error('no');
  });
  world.onChange(({ event }) => heard.push(event.type));
  await expect.poll(() => heard).toEqual(['snapshot', 'upsert']);
  await world.stop();
  expect(heard).toHaveLength(2);
});
