import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { Admission } from './admission.ts';

const settled = async (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);

test('no more than the turns there are run at once, in order', async () => {
  const admission = new Admission({ turns: 2, patience: 60_000 });
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
  let overdue = 0;
  const admission = new Admission({ turns: 1, patience: 5, onOverdue: () => (overdue += 1) });
  await admission.enter();
  // Resolves by the first one's patience running out.
  (await admission.enter())();
  expect(overdue).toBe(1);
});

test('a request whose answer has come while this process stood still is not late', async () => {
  let overdue = 0;
  const admission = new Admission({ turns: 1, patience: 5, onOverdue: () => (overdue += 1) });
  const release = await admission.enter();
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<void>((resolve) => {
    port2.once('message', () => {
      release();
      resolve();
    });
  });
  port1.postMessage('the answer');
  // Both the answer and the end of the patience are there once this is over.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  await answered;
  port1.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(overdue).toBe(0);
});
