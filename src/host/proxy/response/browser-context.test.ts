import { expect, test } from 'vitest';
import { contextOf, frameCookie, mayBeDocument } from './browser-context.ts';

const marked = `a=b; ${frameCookie}=1`;

test.each([
  ['a program', {}, 'program'],
  ['a program with a cookie', { cookie: 'a=b' }, 'program'],
  ['a page typed', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, 'tab'],
  ['a page reached by a link', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }, 'tab'],
  ['a part of such a page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'script' }, 'tab'],
  ['a call of such a page', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' }, 'tab'],
  ['a frame that such a page makes of itself', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' }, 'tab'],
  ['a WebSocket of such a page', { origin: 'https://cs.localhost:8080', 'sec-websocket-version': '13' }, 'tab'],
  ['a WebSocket of a program', { 'sec-websocket-version': '13' }, 'program'],
  ['a program that says an Origin', { origin: 'https://cs.localhost:8080' }, 'program'],
  ['the frame in the control page', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }, 'frame'],
  ['on the tailnet, where ports are one site', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'iframe' }, 'frame'],
  [
    'a call of the page in it',
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty', cookie: marked },
    'framed',
  ],
  ['a WebSocket of the page in it', { origin: 'https://cs.localhost:8080', cookie: marked }, 'framed'],
  ['the frame loaded again', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe', cookie: marked }, 'framed'],
  ['a cookie that only ends like it', { 'sec-fetch-site': 'same-origin', cookie: `x${frameCookie}=1` }, 'tab'],
] as const)('%s', (_what, headers, wanted) => {
  expect(contextOf(headers)).toBe(wanted);
});

test.each([
  [undefined, true],
  ['document', true],
  ['iframe', true],
  ['empty', true],
  ['script', false],
  ['image', false],
  ['serviceworker', false],
] as const)('%s may be a page: %s', (dest, wanted) => {
  expect(mayBeDocument(dest === undefined ? {} : { 'sec-fetch-dest': dest })).toBe(wanted);
});
