import { expect, test } from 'vitest';
import { createOneTimeCodes } from './one-time-codes.ts';
import type { Grant } from './one-time-codes.ts';

const grant: Grant = { for: 'control', session: 'one', user: 1000 };
const anybody = (): boolean => true;

test('a code is good once, and not after its time', () => {
  let now = 1_000;
  const codes = createOneTimeCodes(() => now);
  const { code, expires } = codes.make(grant, 500);
  expect(code).toMatch(/^[\w-]{43}$/);
  expect(expires).toEqual(new Date(1_500));
  expect(codes.take(code, anybody)).toEqual(grant);
  expect(codes.take(code, anybody)).toBeUndefined();
  const late = codes.make(grant, 500);
  now = 1_500;
  expect(codes.take(late.code, anybody)).toBeUndefined();
});

test('who is not meant does not use it up', () => {
  const codes = createOneTimeCodes();
  const { code } = codes.make(grant, 500);
  expect(codes.take(code, () => false)).toBeUndefined();
  expect(codes.take(`${code}x`, anybody)).toBeUndefined();
  expect(codes.take(code, anybody)).toEqual(grant);
});

test('those of a sign-in that has ended are worth nothing', () => {
  const codes = createOneTimeCodes();
  const mine = codes.make(grant, 500);
  const other = codes.make({ ...grant, session: 'two' }, 500);
  codes.forget('one');
  expect(codes.take(mine.code, anybody)).toBeUndefined();
  expect(codes.take(other.code, anybody)).toMatchObject({ session: 'two' });
});

test('asking for ever fills nothing: the oldest go', () => {
  const codes = createOneTimeCodes();
  const made = Array.from({ length: 1_100 }, () => codes.make(grant, 10_000).code);
  const good = made.filter((code) => codes.take(code, anybody) !== undefined);
  expect(good).toEqual(made.slice(100));
});
