import { expect, test } from 'vitest';
import { apiServersWord, mayBeApiServers } from './judge-answer.ts';

const said = (message: string): string => JSON.stringify({ kind: 'Status', message });

test.each<[number, string, string | undefined]>([
  [503, said('error trying to reach service: dial tcp 10.88.0.7:8080: connect: connection refused'), 'refused'],
  [503, said('error trying to reach service: dial tcp 10.88.0.7:8080: i/o timeout'), 'gone'],
  [502, said('error trying to reach service: EOF'), 'lost'],
  [
    503,
    said(
      'error trying to reach service: net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-OpenSSH_9.2"',
    ),
    'no-http',
  ],
  [403, said('pods "p" is forbidden: User "u" cannot get resource "pods/proxy"'), 'denied'],
  [403, said('the folder is forbidden'), undefined],
  [401, said('Unauthorized'), 'unauthorized'],
  [404, said('pods "p" not found'), 'gone'],
  [404, said('file "p" not found'), undefined],
  [503, '{"kind":"Overload","message":"error trying to reach service"}', undefined],
  [500, 'error trying to reach service', undefined],
])('%i %s', (status, body, failure) => {
  expect(apiServersWord(status, body)?.failure).toBe(failure);
});

test('only an error in JSON is looked at', () => {
  expect(mayBeApiServers(503, 'application/json; charset=utf-8')).toBe(true);
  expect([mayBeApiServers(200, 'application/json'), mayBeApiServers(503, 'text/html')]).toEqual([false, false]);
});
