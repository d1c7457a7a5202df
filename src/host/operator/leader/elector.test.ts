import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../observability/log.ts';
import { defaultTiming } from './election.ts';
import { createElector } from './elector.ts';
import type { Term } from './term.ts';
import { fakeServer, handClock } from '#test/operator/lease.ts';

function setting() {
  const clock = handClock();
  const server = fakeServer();
  /** Hosts that do what only the leader may, as of now, by the elector's word. */
  const acting = new Set<string>();
  const host = (identity: string, options: { watched?: boolean } = {}) => {
    const line = server.line(options);
    const terms: Term[] = [];
    const elector = createElector({
      ...line,
      identity,
      timing: defaultTiming,
      clock,
      random: () => 0.5,
      log: createLog({ level: 'silent' }),
      lead: async (term) => {
        terms.push(term);
        acting.add(identity);
        if (!term.signal.aborted) await once(term.signal, 'abort');
        acting.delete(identity);
      },
    });
    onTestFinished(() => elector.stop());
    elector.start();
    return { ...line, elector, terms };
  };
  return { clock, server, acting, host };
}

describe('the elector', () => {
  test('of three hosts one leads, and renews for as long as it lives', async () => {
    const { clock, server, acting, host } = setting();
    const hosts = ['a', 'b', 'c'].map((identity) => host(identity));
    for (let second = 0; second < 120; second += 1) {
      await clock.pass(1_000);
      expect([...acting]).toEqual(['a']);
    }
    expect(server.record).toMatchObject({ holder: 'a', transitions: 0, durationSeconds: 15 });
    expect(hosts.map(({ elector }) => elector.leadership)).toEqual([
      { self: true, holder: 'a' },
      { self: false, holder: 'a' },
      { self: false, holder: 'a' },
    ]);
  });

  test('a clean stop hands over at once, and to one only', async () => {
    const { clock, acting, host } = setting();
    const [first, ...others] = ['a', 'b', 'c'].map((identity) => host(identity));
    await clock.pass(5_000);
    await first?.elector.stop();
    await clock.pass(150);
    expect(acting.size).toBe(1);
    expect(others.filter(({ elector }) => elector.leadership.self)).toHaveLength(1);
  });

  test('where it may not be watched, a lease that was given up is found by asking', async () => {
    const { clock, acting, host } = setting();
    const first = host('a');
    await clock.pass(100);
    host('b', { watched: false });
    await clock.pass(5_000);
    await first.elector.stop();
    await clock.pass(4_400);
    expect([...acting]).toEqual(['b']);
  });

  test('a leader cut off from the API stops before its lease can be taken', async () => {
    const { clock, acting, host } = setting();
    const first = host('a');
    host('b');
    await clock.pass(6_000);
    first.cut(true);
    for (let tenth = 0; tenth < 200; tenth += 1) {
      await clock.pass(100);
      expect(acting.size).toBeLessThanOrEqual(1);
    }
    expect([...acting]).toEqual(['b']);
    expect(first.elector.leadership.self).toBe(false);
    // It comes back as one who follows.
    first.cut(false);
    await clock.pass(5_000);
    expect([...acting]).toEqual(['b']);
    expect(first.elector.leadership).toEqual({ self: false, holder: 'b' });
  });

  test('a short outage costs no leadership', async () => {
    const { clock, server, acting, host } = setting();
    const first = host('a');
    host('b');
    await clock.pass(4_000);
    first.cut(true);
    await clock.pass(7_000);
    first.cut(false);
    await clock.pass(10_000);
    expect([...acting]).toEqual(['a']);
    expect(first.terms).toHaveLength(1);
    expect(server.record?.transitions).toBe(0);
  });

  test('after an outage of everybody the old leader goes on, in a new term', async () => {
    const { clock, acting, host } = setting();
    const first = host('a');
    await clock.pass(1_000);
    first.cut(true);
    await clock.pass(60_000);
    expect(acting.size).toBe(0);
    first.cut(false);
    await clock.pass(5_000);
    expect([...acting]).toEqual(['a']);
    expect(first.terms).toHaveLength(2);
    expect(() => first.terms[0]?.admit()).toThrow('does not lead any more');
  });

  test('a lease that somebody deletes is made again by its holder, without a second leader', async () => {
    const { clock, server, acting, host } = setting();
    const first = host('a');
    host('b');
    await clock.pass(1_000);
    server.remove();
    await clock.pass(20_000);
    expect([...acting]).toEqual(['a']);
    expect(server.record?.holder).toBe('a');
    expect(first.terms).toHaveLength(1);
  });

  test('a host that may not have the lease says so, does not act, and takes part once it may', async () => {
    const { clock, acting, host } = setting();
    const first = host('a');
    first.forbid(true);
    await clock.pass(60_000);
    expect(acting.size).toBe(0);
    expect(first.elector.leadership).toMatchObject({ self: false, problem: { code: 'forbidden' } });
    expect(first.elector.leadership.problem?.remedy).toContain('coordination.k8s.io');
    first.forbid(false);
    await clock.pass(5_000);
    expect(first.elector.leadership).toEqual({ self: true, holder: 'a' });
  });

  test('tells of every change once', async () => {
    const { clock, host } = setting();
    const told: unknown[] = [];
    const { elector } = host('a');
    elector.onLeadership((leadership) => told.push(leadership));
    await clock.pass(60_000);
    await elector.stop();
    expect(told).toEqual([{ self: true, holder: 'a' }, { self: false }]);
  });
});
