import { ORPCError, withEventMeta } from '@orpc/client';
import { expect, test, vi } from 'vitest';
import type { LogLine } from '#contract/logs.ts';
import { HostUnreachable } from '../platform/host-unreachable.ts';
import { followLog } from './follow-log.ts';

const line = (msg: string): LogLine => withEventMeta({ t: '', lvl: 'info' as const, msg }, { id: `id of ${msg}` });

/** Each answer is lines, and how it ends: `open` for one that does not. */
function play(answers: [lines: string[], end?: Error | 'open'][]) {
  const asked: (string | undefined)[] = [];
  const shown: string[][] = [];
  const problems: (string | undefined)[] = [];
  const following = followLog({
    lastId: undefined,
    open(lastId, signal) {
      asked.push(lastId);
      const [lines, end] = answers.shift() ?? [[], 'open'];
      return Promise.resolve(
        (async function* () {
          for (const one of lines) yield line(one);
          if (end === 'open') await new Promise((resolve) => signal.addEventListener('abort', resolve));
          else if (end !== undefined) throw end;
        })(),
      );
    },
    onLines: (lines) => shown.push(lines.map(({ msg }) => msg)),
    onProblem: (problem) => problems.push(problem?.code),
    random: () => 0,
    gatherMs: 0,
  });
  return { asked, shown, problems, following };
}

test('a stream that ends or breaks is gone on with, and lines are shown in bundles', async () => {
  const { asked, shown, problems, following } = play([
    [['a', 'b']],
    [['c'], new HostUnreachable('It is gone.')],
    [['d'], 'open'],
  ]);
  await vi.waitFor(() => expect(shown.flat()).toEqual(['a', 'b', 'c', 'd']), 10_000);
  expect(shown[0]).toEqual(['a', 'b']);
  expect(asked).toEqual([undefined, 'id of b', 'id of c']);
  expect(problems).toEqual([undefined, undefined, 'host_unreachable', undefined]);
  expect(following.stop()).toBe('id of d');
});

test('a refusal for good is shown, and not tried again', async () => {
  vi.useFakeTimers();
  try {
    const refusal = new ORPCError('not_found', {
      status: 404,
      data: { code: 'not_found', message: 'There is no container "x".' },
    });
    const { asked, problems, following } = play([[[], refusal]]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(problems).toEqual([undefined, 'not_found']);
    expect(asked).toHaveLength(1);
    following.stop();
  } finally {
    vi.useRealTimers();
  }
});
