import { expect, test } from 'vitest';
import { Crowd } from './crowd.ts';

test('one workspace’s crowd keeps nobody else out, and who leaves makes room once', () => {
  const crowd = new Crowd(2);
  const leave = crowd.enter('a');
  crowd.enter('a');
  expect(() => crowd.enter('a')).toThrow(expect.objectContaining({ code: 'overloaded' }));
  crowd.enter('b');
  leave();
  leave();
  crowd.enter('a');
  expect(() => crowd.enter('a')).toThrow(expect.objectContaining({ code: 'overloaded' }));
});
