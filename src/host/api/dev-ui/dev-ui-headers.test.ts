import { expect, test } from 'vitest';
import { devUiHeaders } from './dev-ui-headers.ts';

const answer = { origin: 'http://localhost:5173', policy: "default-src 'none'", requestId: '0'.repeat(32) };

test.each([
  [
    { 'content-type': ['text/javascript'], etag: ['W/"1"'] },
    { 'content-type': ['text/javascript'], etag: ['W/"1"'] },
  ],
  [{ location: ['http://localhost:5173/a/?b#c'] }, { location: ['/a/?b#c'] }],
  [{ location: ['/a'] }, { location: ['/a'] }],
  [{ location: ['https://elsewhere.example/'] }, { location: ['https://elsewhere.example/'] }],
  [{ 'content-security-policy': ['default-src *'] }, { 'content-security-policy': ["default-src 'none'"] }],
])('%j becomes %j', (headers, expected) => {
  expect(devUiHeaders(headers, answer)).toMatchObject(expected);
});

test.each([
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'set-cookie',
  'clear-site-data',
  'strict-transport-security',
  'alt-svc',
])("%s is not the development server's to say", (name) => {
  expect(devUiHeaders({ [name]: ['*'] }, answer)).not.toHaveProperty(name);
});

test('the page has our rules and the request its id', () => {
  expect(devUiHeaders({}, answer)).toMatchObject({
    'x-frame-options': ['DENY'],
    'x-content-type-options': ['nosniff'],
    'cross-origin-opener-policy': ['same-origin'],
    'x-request-id': [answer.requestId],
  });
});
