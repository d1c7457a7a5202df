import { expect, test } from 'vitest';
import { ageFor, clientHas, keptFor, mayBeKept } from './asset-policy.ts';
import type { KeptHead } from './asset-policy.ts';

const get = (headers: Record<string, string> = {}) => ({ method: 'GET', headers });
const year = 'public, max-age=31536000';

test.each<[string, Record<string, string[]>, Record<string, string> | undefined]>([
  ['what is public for a year', { 'cache-control': [year] }, {}],
  ['and immutable', { 'cache-control': [`${year}, immutable`] }, {}],
  ['by its coding', { 'cache-control': [year], vary: ['Accept-Encoding'] }, { 'accept-encoding': 'gzip' }],
  ['for shared caches alone', { 'cache-control': ['public, s-maxage=60'] }, {}],
  ['what is not called public', { 'cache-control': ['max-age=31536000'] }, undefined],
  ['what names no time', { 'cache-control': ['public'] }, undefined],
  ['what may be guessed', { 'last-modified': ['Mon, 01 Jan 2024 00:00:00 GMT'] }, undefined],
  ['what is over at once', { 'cache-control': ['public, max-age=0'] }, undefined],
  ['what is private as well', { 'cache-control': [`${year}, private`] }, undefined],
  ['what may not be stored', { 'cache-control': [`${year}, no-store`] }, undefined],
  ['what has to be asked for anew', { 'cache-control': [`${year}, no-cache`] }, undefined],
  ['two opinions', { 'cache-control': [year, 'no-store'] }, undefined],
  ['a cookie', { 'cache-control': [year], 'set-cookie': ['a=b'] }, undefined],
  ['what depends on cookies', { 'cache-control': [year], vary: ['Accept-Encoding, Cookie'] }, undefined],
  ['what depends on who asks', { 'cache-control': [year], vary: ['Authorization'] }, undefined],
  ['what depends on everything', { 'cache-control': [year], vary: ['*'] }, undefined],
  ['a head without end', { 'cache-control': [year], 'x-a': ['x'.repeat(9_000)] }, undefined],
  ['no headers', {}, undefined],
])('of %s is kept what selected it', (_what, headers, expected) => {
  expect(keptFor(get({ 'accept-encoding': 'gzip', cookie: 'secret' }), 200, headers)).toEqual(expected);
});

test.each([
  ['another status', get(), 203],
  ['a part', get(), 206],
  ['a redirect', get(), 301],
  ['another method', { method: 'HEAD', headers: {} }, 200],
  ['a request with credentials', get({ authorization: 'Basic eA==' }), 200],
  ['a request for a part', get({ range: 'bytes=0-1' }), 200],
])('%s is not kept', (_what, asked, status) => {
  expect(keptFor(asked, status, { 'cache-control': [year] })).toBeUndefined();
});

test.each([
  [get(), true],
  [get({ 'cache-control': 'max-stale=99999999' }), true],
  [get({ 'cache-control': 'no-cache' }), false],
  [get({ 'cache-control': 'max-age=0' }), false],
  [get({ pragma: 'no-cache' }), false],
  [get({ 'if-modified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' }), false],
  [{ method: 'POST', headers: {} }, false],
])('%j may be answered with what is kept: %s', (asked, expected) => {
  expect(mayBeKept(asked)).toBe(expected);
});

const kept: KeptHead = {
  selectedBy: { 'accept-encoding': 'gzip' },
  headers: { 'cache-control': ['public, max-age=60'], etag: ['W/"1"'] },
  storedAt: 1_000_000,
};

test.each([
  ['fresh', get({ 'accept-encoding': 'gzip' }), 30_000, 30],
  ['at its end', get({ 'accept-encoding': 'gzip' }), 59_999, 59],
  ['stale', get({ 'accept-encoding': 'gzip' }), 60_000, undefined],
  [
    'stale, whatever is offered for it',
    get({ 'accept-encoding': 'gzip', 'cache-control': 'max-stale' }),
    60_000,
    undefined,
  ],
  ['of another coding', get({ 'accept-encoding': 'br' }), 1_000, undefined],
  ['of no coding', get(), 1_000, undefined],
  ['of tomorrow', get({ 'accept-encoding': 'gzip' }), -1, undefined],
])('the age of what is %s', (_what, asked, later, expected) => {
  expect(ageFor(asked, kept, kept.storedAt + later)).toBe(expected);
});

test('an age that it had already counts, and a clock that is wrong does not', () => {
  const old = {
    ...kept,
    selectedBy: {},
    headers: { ...kept.headers, age: ['50'], date: ['Mon, 01 Jan 2001 00:00:00 GMT'] },
  };
  expect(ageFor(get(), old, kept.storedAt + 5_000)).toBe(55);
  expect(ageFor(get(), old, kept.storedAt + 10_000)).toBeUndefined();
});

test.each([
  ['"1"', true],
  ['W/"1"', true],
  ['"0", W/"1"', true],
  ['"2"', false],
  [undefined, false],
])('a client that has %s has it: %s', (tag, expected) => {
  expect(clientHas(get(tag === undefined ? {} : { 'if-none-match': tag }), kept)).toBe(expected);
});
