import { expect, test } from 'vitest';
import { pause } from './pause.ts';

test('ends when its time is over', async () => {
  await expect(pause(1, new AbortController().signal)).resolves.toBeUndefined();
});

test('ends without an error when it is aborted, before or meanwhile', async () => {
  const hour = 3_600_000;
  await expect(pause(hour, AbortSignal.abort())).resolves.toBeUndefined();
  const ending = new AbortController();
  const pausing = pause(hour, ending.signal);
  ending.abort(new Error('for a reason of its own'));
  await expect(pausing).resolves.toBeUndefined();
});
