import { expect, test } from 'vitest';
import { updateProblem } from './update-problem.ts';

const withCode = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

test.each([
  [withCode('ERR_CHECKSUM_MISMATCH'), 'not what was announced'],
  [withCode('ERR_UPDATER_CHANNEL_FILE_NOT_FOUND'), 'nothing of this system'],
  [withCode('ENOSPC'), 'disk is full'],
  [new Error('net::ERR_NAME_NOT_RESOLVED'), 'cannot be reached'],
  [withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'), 'cannot be reached'],
  [new Error('<h1>secret</h1>'), 'failed'],
  ['text', 'failed'],
])('%s', (error, words) => {
  const { message, remedy } = updateProblem(error);
  expect(message).toContain(words);
  expect(message + remedy).not.toContain('secret');
});
