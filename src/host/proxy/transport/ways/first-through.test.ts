import { expect, test, vi } from 'vitest';
import { handClock } from '#test/hand-clock.ts';
import { firstThrough } from './first-through.ts';

function trying(kinds: readonly string[], last = '') {
  const clock = handClock();
  const begun = new Map<string, PromiseWithResolvers<string>>();
  const discard = vi.fn<(result: string) => void>();
  const tried = firstThrough({
    kinds,
    attempt(kind) {
      const attempt = Promise.withResolvers<string>();
      begun.set(kind, attempt);
      return attempt.promise;
    },
    goesOn: (error) => error !== 'final',
    isLast: (kind) => kind === last,
    discard,
    headStartMs: (kind) => (kind === 'known' ? undefined : 100),
    clock,
  });
  return { clock, begun, discard, tried };
}

test('the next is tried when one has failed', async () => {
  const { begun, tried, clock } = trying(['a', 'b', 'c']);
  begun.get('a')?.reject('no');
  await vi.waitFor(() => expect([...begun.keys()]).toEqual(['a', 'b']));
  begun.get('b')?.resolve('B');
  expect(await tried).toEqual({ kind: 'b', result: 'B', failures: [{ kind: 'a', error: 'no' }] });
  expect([...begun.keys()]).toEqual(['a', 'b']);
  expect(clock.pending).toBe(0);
});

test('one that says nothing has a head start, and what it brings too late is discarded', async () => {
  const { begun, tried, clock, discard } = trying(['a', 'b']);
  clock.advance(99);
  expect([...begun.keys()]).toEqual(['a']);
  clock.advance(1);
  expect([...begun.keys()]).toEqual(['a', 'b']);
  begun.get('b')?.resolve('B');
  expect(await tried).toMatchObject({ kind: 'b', failures: [] });
  begun.get('a')?.resolve('A');
  await vi.waitFor(() => expect(discard).toHaveBeenCalledExactlyOnceWith('A'));
});

test('what needs no head start is waited for until it has failed', async () => {
  const { begun, tried, clock } = trying(['known', 'b']);
  clock.advance(100_000);
  expect([...begun.keys()]).toEqual(['known']);
  begun.get('known')?.reject('no');
  await vi.waitFor(() => expect(begun.has('b')).toBe(true));
  begun.get('b')?.resolve('B');
  expect(await tried).toMatchObject({ kind: 'b' });
});

test('one that is slow wins where the next one fails', async () => {
  const { begun, tried, clock } = trying(['a', 'b']);
  clock.advance(100);
  begun.get('b')?.reject('no');
  begun.get('a')?.resolve('A');
  expect(await tried).toMatchObject({ kind: 'a', result: 'A' });
});

test('what is the last resort is tried only when all before it have failed', async () => {
  const { begun, tried, clock } = trying(['a', 'b', 'c'], 'c');
  clock.advance(100);
  clock.advance(100_000);
  expect([...begun.keys()]).toEqual(['a', 'b']);
  begun.get('b')?.reject('no');
  await Promise.resolve();
  clock.advance(100_000);
  expect([...begun.keys()]).toEqual(['a', 'b']);
  begun.get('a')?.reject('neither');
  await vi.waitFor(() => expect([...begun.keys()]).toEqual(['a', 'b', 'c']));
  begun.get('c')?.resolve('C');
  expect(await tried).toMatchObject({ kind: 'c', result: 'C' });
});

test('what no other kind would mend ends it', async () => {
  const { begun, tried } = trying(['a', 'b']);
  begun.get('a')?.reject('final');
  expect(await tried).toEqual({ kind: undefined, failures: [{ kind: 'a', error: 'final' }] });
  expect([...begun.keys()]).toEqual(['a']);
});

test('when all have failed it is over', async () => {
  const { begun, tried } = trying(['a', 'b']);
  begun.get('a')?.reject('one');
  await vi.waitFor(() => expect(begun.has('b')).toBe(true));
  begun.get('b')?.reject('two');
  expect((await tried).failures.map(({ error }) => error)).toEqual(['one', 'two']);
  expect(await trying([]).tried).toEqual({ kind: undefined, failures: [] });
});
