import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Progress } from '#contract/progress.ts';
import type { BuildContext } from './artefact.ts';
import { sideBySide } from './side-by-side.ts';

function watched(): { context: BuildContext; steps: string[] } {
  const steps: string[] = [];
  const report = ({ step }: Progress): void => void steps.push(step);
  return { context: { recipeDir: '', cacheDir: '', report }, steps };
}

test('both go on at the same time, and the second is heard when the first is over', async () => {
  const { context, steps } = watched();
  const began = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const both = sideBySide(
    context,
    async ({ report }) => {
      report({ step: 'compile' });
      await began.promise;
      report({ step: 'link' });
      setImmediate(over.resolve);
      return 1;
    },
    async ({ report }) => {
      report({ step: 'fetch' });
      report({ step: 'unpack' });
      began.resolve();
      await over.promise;
      report({ step: 'write' });
      return 2;
    },
  );
  expect(await both).toEqual([1, 2]);
  expect(steps).toEqual(['compile', 'link', 'unpack', 'write']);
});

test('of a second that is over before the first, nothing more is told', async () => {
  const { context, steps } = watched();
  const over = Promise.withResolvers<void>();
  await sideBySide(
    context,
    async ({ report }) => {
      await over.promise;
      await new Promise(setImmediate);
      report({ step: 'link' });
    },
    async ({ report }) => {
      report({ step: 'write' });
      over.resolve();
    },
  );
  expect(steps).toEqual(['link']);
});

test.each([0, 1])('what fails (the %i.) stops the other, and is what is told', async (failing) => {
  const fail = (): Promise<never> => Promise.reject(new Error('no network'));
  const wait = async ({ signal }: BuildContext): Promise<never> => {
    if (signal !== undefined && !signal.aborted) await once(signal, 'abort');
    throw new Error('stopped');
  };
  const [first, second] = failing === 0 ? [fail, wait] : [wait, fail];
  await expect(sideBySide(watched().context, first, second)).rejects.toThrow('no network');
});

test('what interrupts the whole interrupts both', async () => {
  const interrupt = new AbortController();
  const seen: boolean[] = [];
  const work = async ({ signal }: BuildContext): Promise<void> => {
    interrupt.abort();
    seen.push(signal?.aborted === true);
  };
  await sideBySide({ ...watched().context, signal: interrupt.signal }, work, work);
  expect(seen).toEqual([true, true]);
});
