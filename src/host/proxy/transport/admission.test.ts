import { expect, test } from 'vitest';
import { Admission } from './admission.ts';

const settled = async (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

test('no more than the turns there are run at once, in order', async () => {
  const admission = new Admission(2, 60_000);
  const [first, second] = [await admission.enter(), await admission.enter()];
  const third = admission.enter();
  const fourth = admission.enter();
  expect(await settled(third)).toBe(false);
  first();
  first();
  expect(await settled(third)).toBe(true);
  expect(await settled(fourth)).toBe(false);
  second();
  expect(await settled(fourth)).toBe(true);
  (await third)();
  (await fourth)();
  expect(await settled(admission.enter())).toBe(true);
});

test('what takes long holds nobody back', async () => {
  const admission = new Admission(1, 5);
  await admission.enter();
  // Resolves by the first one's patience running out.
  (await admission.enter())();
});
