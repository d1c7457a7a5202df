import { withEventMeta } from '@orpc/client';
import { expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { LogLine } from '#contract/logs.ts';
import { followLogs } from './follow-logs.ts';

const line = (msg: string): LogLine => withEventMeta({ t: '', lvl: 'info' as const, msg }, { id: `id of ${msg}` });

/** Each answer is lines, and how it ends: by itself, or with an error. */
async function follow(...answers: [lines: string[], error?: Error][]) {
  const asked: (string | undefined)[] = [];
  const printed: string[] = [];
  const notes: string[] = [];
  const ending = new AbortController();
  const done = followLogs({
    open(lastId) {
      asked.push(lastId);
      const answer = answers.shift();
      if (answer === undefined) ending.abort();
      const [lines, error] = answer ?? [[]];
      return Promise.resolve(
        (async function* () {
          for (const one of lines) yield line(one);
          await Promise.resolve();
          if (error !== undefined) throw error;
        })(),
      );
    },
    print: ({ msg }) => printed.push(msg),
    note: (text) => notes.push(text),
    signal: ending.signal,
    pauseMs: 0,
  });
  return { done, asked, printed, notes };
}

test('a stream that ends or breaks is asked for again from its last line on', async () => {
  const broken = new GuildNetError('upstream_failed', 'The connection broke.');
  const { done, asked, printed, notes } = await follow([['a', 'b']], [['c'], broken], [[], broken], [['d']]);
  await done;
  expect(printed).toEqual(['a', 'b', 'c', 'd']);
  expect(asked).toEqual([undefined, 'id of b', 'id of c', 'id of c', 'id of d']);
  expect(notes).toEqual(['— The connection broke. Trying again…']);
});

test('what is refused at first, or for good, is an error; a workspace that is gone is an end', async () => {
  const missing = new GuildNetError('not_found', 'There is no workspace.');
  await expect((await follow([[], missing])).done).rejects.toBe(missing);
  const forbidden = new GuildNetError('forbidden', 'No.');
  await expect((await follow([['a']], [[], forbidden])).done).rejects.toBe(forbidden);
  const gone = await follow([['a']], [[], missing]);
  await gone.done;
  expect(gone.notes).toEqual(['The workspace was deleted.']);
});
