import { expect, test } from 'vitest';
import { downloadProblem, type BrokenDownload } from './download-problem.ts';

const usual: BrokenDownload = { folder: '/d', free: 10_000_000_000, isWritable: true, missing: 5_000 };

test.each<[string, Partial<BrokenDownload>, string]>([
  ['room and a folder: the connection', {}, 'connection'],
  ['a folder that is not there or not ours', { isWritable: false }, 'could not be written'],
  ['that, on a full disk', { isWritable: false, free: 0 }, 'could not be written'],
  ['nothing free', { free: 0, missing: 0 }, 'full'],
  ['less free than is missing', { free: 5_000_000, missing: 6_000_000 }, 'full'],
  ['a disk that does not say', { free: undefined }, 'connection'],
])('%s', (_what, change, words) => {
  expect(downloadProblem({ ...usual, ...change }).message).toContain(words);
});
