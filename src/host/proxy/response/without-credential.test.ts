import { expect, test } from 'vitest';
import { withoutCredential } from './without-credential.ts';

const cookie = { kind: 'cookie', name: 'session', value: 'v' } as const;
const [session, other] = ['session=v; Path=/', 'sessions=w'];

test('the cookie that the host presents does not come to the browser', () => {
  expect(withoutCredential({ 'set-cookie': [session, other], a: ['1'] }, cookie)).toEqual({
    'set-cookie': [other],
    a: ['1'],
  });
  expect(withoutCredential({ 'set-cookie': [` session = x`], a: ['1'] }, cookie)).toEqual({ a: ['1'] });
});

test('all others do', () => {
  const headers = { 'set-cookie': [session, other] };
  expect(withoutCredential(headers, undefined)).toBe(headers);
  expect(withoutCredential(headers, { kind: 'authorization', value: 'token x' })).toBe(headers);
  expect(withoutCredential({ a: ['1'] }, cookie)).toEqual({ a: ['1'] });
});
