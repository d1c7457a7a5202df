import { expect, test, vi } from 'vitest';
import type { HostEvent } from '#contract/events.ts';
import { HostUnreachable } from '../platform/host-unreachable.ts';
import { followHost } from './follow.ts';
import type { WorldChange } from './world.ts';

const snapshot: HostEvent = {
  type: 'snapshot',
  servers: [],
  homes: [],
  cluster: { phase: 'online', local: { available: true } },
};

// oxlint-disable-next-line require-yield
async function* endless(first: HostEvent, signal: AbortSignal): AsyncGenerator<HostEvent> {
  yield first;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function phases(changes: WorldChange[]): string[] {
  return changes.map((change) => (change.type === 'link' ? change.link.phase : change.type));
}

test('a host that fails twice and then answers: lost, lost, live', async () => {
  const changes: WorldChange[] = [];
  let calls = 0;
  const following = followHost({
    watch: (signal) => {
      calls += 1;
      return calls < 3 ? Promise.reject(new HostUnreachable('No answer.')) : Promise.resolve(endless(snapshot, signal));
    },
    apply: (change) => changes.push(change),
    now: () => 1000,
    random: () => 0,
  });
  await vi.waitFor(() => expect(phases(changes)).toEqual(['lost', 'lost', 'live', 'host']), 3000);
  following.stop();
  expect(changes[0]).toMatchObject({ link: { retryAt: 1250, problem: { code: 'host_unreachable' } } });
  expect(changes[1]).toMatchObject({ link: { retryAt: 1500 } });
});

test('a stream that ends counts as lost', async () => {
  const changes: WorldChange[] = [];
  const following = followHost({
    watch: () =>
      Promise.resolve(
        (async function* () {
          yield snapshot;
        })(),
      ),
    apply: (change) => changes.push(change),
  });
  await vi.waitFor(() => expect(phases(changes)).toEqual(['live', 'host', 'lost']));
  following.stop();
});

test('reconnect drops the stream at once and says nothing of a loss', async () => {
  const changes: WorldChange[] = [];
  const signals: AbortSignal[] = [];
  const following = followHost({
    watch: (signal) => {
      signals.push(signal);
      return Promise.resolve(endless(snapshot, signal));
    },
    apply: (change) => changes.push(change),
  });
  await vi.waitFor(() => expect(changes).toHaveLength(2));
  following.reconnect();
  await vi.waitFor(() => expect(changes).toHaveLength(4));
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
  expect(phases(changes)).toEqual(['live', 'host', 'live', 'host']);
  following.stop();
  expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
});
