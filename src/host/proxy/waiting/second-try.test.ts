import { expect, test } from 'vitest';
import { BadAnswer, NoAnswer } from '../exchange/no-answer.ts';
import { TunnelError } from '../transport/tunnel-error.ts';
import type { TunnelFailure } from '../transport/tunnel-error.ts';
import { howFarItGot, secondTry } from './second-try.ts';
import type { BrokenFacts, Got, SecondTry } from './second-try.ts';

test.each<[failure: TunnelFailure, got: Got]>([
  ['refused', 'nowhere'],
  ['gone', 'nowhere'],
  ['lost', 'cut'],
  ['denied', 'elsewhere'],
  ['unauthorized', 'elsewhere'],
  ['severed', 'severed'],
  ['offline', 'away'],
  ['protocol', 'elsewhere'],
])('a tunnel that is %s', (failure, got) => {
  expect(howFarItGot(new TunnelError(failure, 'x'))).toBe(got);
});

test.each<[error: Error, got: Got]>([
  [Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'cut'],
  [Object.assign(new Error('Parse Error'), { code: 'HPE_INVALID_EOF_STATE' }), 'cut'],
  [Object.assign(new Error('Parse Error'), { code: 'HPE_INVALID_CONSTANT' }), 'elsewhere'],
  [new BadAnswer('Bad.'), 'elsewhere'],
  [new NoAnswer('answer'), 'elsewhere'],
  [new TypeError('a bug'), 'elsewhere'],
])('%s', (error, got) => {
  expect(howFarItGot(error)).toBe(got);
});

const get: BrokenFacts = { got: 'cut', repeatable: true, bodyKept: true, pod: 'leaving' };
const post: BrokenFacts = { ...get, repeatable: false };

test.each<[what: string, facts: BrokenFacts, does: SecondTry]>([
  ['a GET that was cut, and its pod is going', get, 'again'],
  ['a GET that was cut by a pod that is there', { ...get, pod: 'serving' }, 'look'],
  ['a GET that may have ended its program', { ...get, pod: 'passed over' }, 'look'],
  ['a GET that reached nobody', { ...get, got: 'nowhere' }, 'again'],
  ['a GET that reached nobody in a pod that is not ready', { ...get, got: 'nowhere', pod: 'passed over' }, 'again'],
  ['a GET to a port on which nothing listens', { ...get, got: 'nowhere', pod: 'serving' }, 'look'],
  ['a POST that was cut, and its pod is going', post, 'tell'],
  ['a POST that was cut by a pod that is there', { ...post, pod: 'serving' }, 'look'],
  ['a POST that reached nobody', { ...post, got: 'nowhere' }, 'again'],
  ['a POST that reached nobody, and most of its body is gone', { ...post, got: 'nowhere', bodyKept: false }, 'tell'],
  ['the same while its pod is there', { ...post, got: 'nowhere', bodyKept: false, pod: 'serving' }, 'look'],
  ['a GET whose line broke, and its pod is there', { ...get, got: 'severed', pod: 'serving' }, 'again'],
  ['a GET whose line broke, and its pod is going', { ...get, got: 'severed' }, 'again'],
  ['a POST whose line broke, and its pod is there', { ...post, got: 'severed', pod: 'serving' }, 'look'],
  ['a POST whose line broke, and its pod is going', { ...post, got: 'severed' }, 'tell'],
  ['a GET while the cluster is away', { ...get, got: 'away', pod: 'serving' }, 'rest'],
  ['a POST while the cluster is away', { ...post, got: 'away', pod: 'serving' }, 'rest'],
  ['a POST whose body is gone, while the cluster is away', { ...post, got: 'away', bodyKept: false }, 'answer'],
  ['a POST whose server spoke no HTTP', { ...post, got: 'elsewhere' }, 'answer'],
])('%s', (_what, facts, does) => {
  expect(secondTry(facts)).toBe(does);
});
