import { describe, expect, test } from 'vitest';
import type { GivenCredential } from './exec-credential.ts';
import { credentialPlugin } from './credential-plugin.ts';

/** A plugin whose runs end when the test says so, on a clock of the test's. */
function setting() {
  let time = 0;
  const runs: PromiseWithResolvers<GivenCredential>[] = [];
  const plugin = credentialPlugin({
    run: () => {
      const run = Promise.withResolvers<GivenCredential>();
      runs.push(run);
      return run.promise;
    },
    now: () => time,
    date: () => new Date(time),
    random: () => 0,
  });
  const token = (name: string, expiresAt?: number): GivenCredential => ({
    credential: { authorization: name },
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
  });
  return {
    plugin,
    runs,
    pass: (milliseconds: number) => (time += milliseconds),
    give: (name: string, expiresAt?: number) => runs.at(-1)?.resolve(token(name, expiresAt)),
    fail: (words: string) => runs.at(-1)?.reject(new Error(words)),
  };
}

describe('a credential plugin', () => {
  test('runs once for all who wait, and not again while its credentials are good', async () => {
    const { plugin, runs, give } = setting();
    const all = Array.from({ length: 50 }, () => plugin.current());
    give('a');
    expect(new Set((await Promise.all(all)).map(({ authorization }) => authorization))).toEqual(new Set(['a']));
    expect(await plugin.current()).toEqual({ authorization: 'a' });
    expect(runs).toHaveLength(1);
  });

  test('runs again when they have expired', async () => {
    const { plugin, runs, give, pass } = setting();
    const first = plugin.current();
    give('a', 60_000);
    await first;
    pass(59_999);
    await plugin.current();
    pass(1);
    const second = plugin.current();
    give('b');
    expect(await second).toEqual({ authorization: 'b' });
    expect(runs).toHaveLength(2);
  });

  test('waits longer after each failure, five minutes in the end, and meanwhile says what it was', async () => {
    const { plugin, runs, fail, pass } = setting();
    for (const wait of [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
      const before = runs.length;
      const run = plugin.current();
      fail(`failure ${String(before)}`);
      await expect(run).rejects.toThrow(`failure ${String(before)}`);
      pass(wait * 1000 - 1);
      await expect(plugin.current()).rejects.toThrow(`failure ${String(before)}`);
      expect(runs).toHaveLength(before + 1);
      pass(1);
    }
  });

  test('is tried at once when a person asks', async () => {
    const { plugin, runs, fail, give } = setting();
    const first = plugin.current();
    fail('no');
    await expect(first).rejects.toThrow('no');
    plugin.tryAgain();
    const second = plugin.current();
    give('a');
    expect(await second).toEqual({ authorization: 'a' });
    expect(runs).toHaveLength(2);
  });

  test('is asked for others when those that worked are refused, once for all who were refused', async () => {
    const { plugin, runs, give } = setting();
    const first = plugin.current();
    give('a');
    const used = await first;
    plugin.accepted(used);
    expect(await plugin.refused(used)).toBe(true);
    const second = plugin.current();
    give('b');
    await second;
    // One that was under way with the old ones.
    expect(await plugin.refused(used)).toBe(true);
    expect(await plugin.current()).toEqual({ authorization: 'b' });
    expect(runs).toHaveLength(2);
  });

  test('that gives what is never taken is left alone for longer and longer', async () => {
    const { plugin, runs, give, pass } = setting();
    for (const wait of [2, 4, 8, 16, 32, 64, 128, 256, 300]) {
      const before = runs.length;
      const run = plugin.current();
      give('bad');
      const used = await run;
      expect(await plugin.refused(used)).toBe(false);
      pass(wait * 1000 - 1);
      expect(await plugin.current()).toBe(used);
      expect(runs).toHaveLength(before + 1);
      pass(1);
    }
  });
});
