import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { framersOf, letFrame } from './framers.ts';

test.each([
  [[], ["'none'"]],
  [['https://box.test', 'https://[fd7a::1]'], ['https://box.test']],
  // No policy can name it, and one that names nobody in particular would let all.
  [['https://[fd7a::1]'], ["'none'"]],
])('of %j those may frame that a policy can name', (origins, named) => {
  const request = new IncomingMessage(new Socket());
  letFrame(request, origins);
  expect(framersOf(request)).toEqual(named);
});
