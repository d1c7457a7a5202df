import { expect, test, vi } from 'vitest';
import type { TransportKind } from '#contract/transport.ts';
import { transportStatusSchema } from '#contract/transport.ts';
import { handClock } from '#test/hand-clock.ts';
import { createLog } from '../../../observability/log.ts';
import type { Prepared } from '../forward.ts';
import { TunnelError } from '../tunnel-error.ts';
import { ChosenWay } from './chosen-way.ts';
import { WayBlocked } from './way.ts';
import type { WayListener } from './way.ts';

type Does = 'works' | 'blocked' | 'denied' | 'offline' | 'silent';

const target = { namespace: 'n', pod: 'p', port: 80 };
const errors = {
  blocked: () => new WayBlocked(new TunnelError('protocol', 'no SPDY here')),
  denied: () => new TunnelError('denied', 'user u cannot create pods/portforward'),
  offline: () => new TunnelError('offline', 'connect ECONNREFUSED'),
} as const;

/** Ways that do what the test says. */
function setting(does: Partial<Record<TransportKind, Does>>) {
  const clock = handClock();
  const tried: string[] = [];
  const discarded: string[] = [];
  const listeners = new Map<TransportKind, WayListener>();
  const forgotten: string[] = [];
  const prepared = (kind: TransportKind): Prepared => ({
    halfCloses: true,
    begin: () => {
      throw new Error(kind);
    },
    discard: () => discarded.push(kind),
  });
  const byPrepared = new Map<Prepared, TransportKind>();
  const ways = (Object.keys(does) as TransportKind[]).map((kind) => ({
    kind,
    make(on: WayListener) {
      listeners.set(kind, on);
      return {
        kind,
        proves: true,
        ready: () => undefined,
        prepare(_target: unknown, prove: boolean): Promise<Prepared> {
          tried.push(prove ? `${kind}?` : kind);
          const what = does[kind] ?? 'works';
          if (what === 'silent') return Promise.withResolvers<Prepared>().promise;
          if (what !== 'works') return Promise.reject(errors[what]());
          const one = prepared(kind);
          byPrepared.set(one, kind);
          return Promise.resolve(one);
        },
        forget: () => forgotten.push(kind),
        close: () => undefined,
      };
    },
  }));
  const chosen = new ChosenWay({ ways, log: createLog({ level: 'silent' }), clock, headStartMs: 100 });
  return {
    clock,
    chosen,
    tried,
    discarded,
    does,
    listeners,
    take: async () => byPrepared.get(await chosen.prepare(target)),
    clearTried: () => tried.splice(0),
  };
}

test('the best that works is taken, has to prove itself once, and is kept', async () => {
  const { take, tried } = setting({ spdy: 'works', channels: 'works' });
  expect([await take(), await take()]).toEqual(['spdy', 'spdy']);
  expect(tried).toEqual(['spdy?', 'spdy']);
});

test('a way that is refused is passed over, for a while, and the status says why', async () => {
  const { take, tried, chosen, clock, does, clearTried } = setting({ spdy: 'blocked', 'spdy-websocket': 'works' });
  expect([await take(), await take()]).toEqual(['spdy-websocket', 'spdy-websocket']);
  expect(tried).toEqual(['spdy?', 'spdy-websocket?', 'spdy-websocket']);
  const status = chosen.status();
  expect(transportStatusSchema.parse(status)).toEqual(status);
  expect(status).toMatchObject({
    kind: 'spdy-websocket',
    why: 'spdy: no SPDY here',
    ways: [
      { kind: 'spdy', state: 'shut' },
      { kind: 'spdy-websocket', state: 'works' },
    ],
  });
  does.spdy = 'works';
  clock.advance(60_000);
  clearTried();
  // Nobody waits for the trial.
  expect(await take()).toBe('spdy-websocket');
  chosen.ready(target);
  await vi.waitFor(() => expect(chosen.status().kind).toBe('spdy'));
  expect(chosen.status().why).toBeUndefined();
  expect(await take()).toBe('spdy');
});

test('a way that neither grants nor refuses holds nobody up for longer than its head start', async () => {
  const { chosen, clock, tried } = setting({ spdy: 'silent', 'spdy-websocket': 'silent', channels: 'works' });
  const taken = chosen.prepare(target);
  clock.advance(100);
  clock.advance(100);
  await taken;
  expect(tried).toEqual(['spdy?', 'spdy-websocket?', 'channels?']);
  expect(chosen.status().kind).toBe('channels');
});

test('a way that works may be slow, without another one beside it', async () => {
  const { chosen, take, clock, tried, does } = setting({ spdy: 'works', channels: 'works' });
  await take();
  does.spdy = 'silent';
  void chosen.prepare(target);
  clock.advance(100_000);
  expect(tried).toEqual(['spdy?', 'spdy']);
});

test('of many at once one looks for the way, and the others take it', async () => {
  const { take, tried } = setting({ spdy: 'blocked', channels: 'works' });
  expect(await Promise.all([take(), take(), take()])).toEqual(['channels', 'channels', 'channels']);
  expect(tried).toEqual(['spdy?', 'channels?', 'channels', 'channels']);
});

test('who waits for another’s search goes on without it where that takes long', async () => {
  const { chosen, take, clock, tried, does } = setting({ spdy: 'silent' });
  void chosen.prepare(target);
  const other = take();
  does.spdy = 'works';
  clock.advance(100);
  expect(await other).toBe('spdy');
  expect(tried).toEqual(['spdy?', 'spdy?']);
});

test('what RBAC forbids is passed over, and named without the cluster’s words', async () => {
  const { take, chosen } = setting({ spdy: 'denied', channels: 'denied', 'pod-proxy': 'works' });
  expect(await take()).toBe('pod-proxy');
  expect(chosen.status()).toMatchObject({
    kind: 'pod-proxy',
    why: 'spdy: The cluster does not allow it to us. channels: The cluster does not allow it to us.',
  });
  expect(chosen.status().losses.length).toBeGreaterThan(0);
});

test.each<[Partial<Record<TransportKind, Does>>, string, string[]]>([
  [{ spdy: 'offline', channels: 'works' }, 'offline', ['spdy?']],
  [{ spdy: 'blocked', channels: 'offline' }, 'offline', ['spdy?', 'channels?']],
  [{ spdy: 'blocked', channels: 'denied' }, 'denied', ['spdy?', 'channels?']],
  [{ spdy: 'blocked', channels: 'blocked' }, 'protocol', ['spdy?', 'channels?']],
])('where none leads through (%o) it is %s that is told', async (does, failure, expected) => {
  const { chosen, tried } = setting(does);
  await expect(chosen.prepare(target)).rejects.toMatchObject({ failure });
  expect(tried).toEqual(expected);
});

test('where all are shut, what works again is open again', async () => {
  const { chosen, does, take } = setting({ spdy: 'denied', channels: 'denied' });
  await expect(chosen.prepare(target)).rejects.toMatchObject({ failure: 'denied' });
  does.spdy = 'works';
  expect(await take()).toBe('spdy');
  expect(chosen.status()).toMatchObject({ kind: 'spdy', ways: [{ state: 'works' }, { state: 'shut' }] });
});

test('while the cluster is away nothing is held against a way', async () => {
  const { chosen, does, take } = setting({ spdy: 'offline', channels: 'works' });
  await expect(chosen.prepare(target)).rejects.toMatchObject({ failure: 'offline' });
  does.spdy = 'works';
  expect(await take()).toBe('spdy');
});

test('a way whose connections are cut at random is left, and one cut of all is nothing', async () => {
  const { take, listeners, clock } = setting({ spdy: 'works', channels: 'works' });
  const cut = () => listeners.get('spdy')?.cut(target);
  await take();
  for (let count = 0; count < 5; count += 1) cut();
  expect(await take()).toBe('spdy');
  for (let count = 0; count < 2; count += 1) {
    clock.advance(10_000);
    cut();
    // The next one shows that the pod is there.
    expect(await take()).toBe('spdy');
  }
  expect(await take()).toBe('channels');
});

test('what is cut with its pod says nothing of the way', async () => {
  const { take, listeners, clock, chosen } = setting({ spdy: 'works', channels: 'works' });
  await take();
  for (let count = 0; count < 6; count += 1) {
    clock.advance(10_000);
    listeners.get('spdy')?.cut(target);
    chosen.forget(target);
    expect(await take()).toBe('spdy');
  }
});
