import { describe, expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { calm } from './weather.ts';

const seeds = 1_000;

/** The last lines of a run that went wrong, and how to see it again. */
function told(seed: number, { problems, trace }: { problems: string[]; trace: string[] }): string {
  return [`seed ${seed}: npm run bench:soak -- --seed ${seed}`, ...problems, ...trace.slice(-40)].join('\n');
}

describe('the reconcile core, simulated', () => {
  test('converges, writes nothing when steady and loses no home, over a thousand seeds', {
    timeout: 600_000,
  }, async () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const result = await simulate({ seed });
      if (result.problems.length > 0) expect.fail(told(seed, result));
    }
  });

  test('bears a crash before or after each of its requests', { timeout: 120_000 }, async () => {
    const scenario = { seed: 11, weather: calm, operators: 1, actions: 12 };
    const { problems, requests } = await simulate(scenario);
    expect(problems).toEqual([]);
    expect(requests).toBeGreaterThan(40);
    for (let request = 1; request <= requests; request += 1) {
      for (const when of ['before', 'after'] as const) {
        const crashed = await simulate({ ...scenario, crash: { request, when } });
        if (crashed.problems.length > 0) expect.fail(`request ${request}, ${when}: ${told(scenario.seed, crashed)}`);
      }
    }
  });

  test('gives back what it was merged with, when nothing goes wrong', { timeout: 120_000 }, async () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const result = await simulate({ seed, weather: { ...calm, latencyMs: 100 }, operators: 1, actions: 12 });
      if (result.problems.length > 0) expect.fail(told(seed, result));
    }
  });

  test('is the same every time', async () => {
    const [first, second] = [await simulate({ seed: 7 }), await simulate({ seed: 7 })];
    // Events are named by chance; all else is not.
    const known = (trace: string[]): string[] => trace.filter((line) => !line.includes('events'));
    expect(known(second.trace)).toEqual(known(first.trace));
  });
});
