import { expect, test } from 'vitest';
import { judgeRefusal } from './judge-refusal.ts';
import { TunnelError } from './tunnel-error.ts';
import { WayBlocked } from './ways/way.ts';

const json = 'application/json';
const status = (message: string): string => JSON.stringify({ kind: 'Status', apiVersion: 'v1', message });

test.each<[string, number, string, string, string]>([
  ['an old API server without the subprotocol', 403, '', '', 'blocked protocol'],
  ['RBAC', 403, json, status('pods "p" is forbidden: User "u" cannot create resource'), 'denied'],
  ['no such pod', 404, json, status('pods "p" not found'), 'gone'],
  ['a pod that does not run', 400, json, status('pod p is not running'), 'gone'],
  ['a node that knows no such pod', 404, 'text/plain', 'pod does not exist', 'gone'],
  ['a gateway without such a path', 404, 'text/plain', '404 page', 'blocked protocol'],
  ['credentials', 401, json, status('Unauthorized'), 'unauthorized'],
  ['a gateway that wants a login', 401, 'text/html', '<html>', 'unauthorized'],
  ['a login page', 200, 'text/html; charset=utf-8', '<!DOCTYPE html><title>not found</title>', 'blocked protocol'],
  ['a redirect to a login', 302, 'text/html', '<a href="/login">', 'blocked protocol'],
  ['a firewall', 403, 'text/html', '<html>Forbidden', 'blocked protocol'],
  [
    'an API server that wants an upgrade of another kind',
    400,
    json,
    status('Upgrade request required'),
    'blocked protocol',
  ],
  [
    'a node that cannot be reached',
    500,
    json,
    status('error dialing backend: dial tcp 10.0.0.1:10250'),
    'blocked protocol',
  ],
  ['an API server that is full', 503, json, status('the server is currently unable to handle the request'), 'offline'],
  ['a gateway without an API server', 503, 'text/html', '<html>', 'blocked offline'],
  ['a gateway that sends plain requests on', 426, 'text/plain', '', 'blocked protocol'],
])('%s', (_what, code, contentType, body, expected) => {
  const judged = judgeRefusal({ status: code, contentType, body });
  const failure = judged instanceof WayBlocked ? `blocked ${judged.otherwise.failure}` : judged.failure;
  expect(failure).toBe(expected);
});

test('of a page nothing is told but that it was one', () => {
  const judged = judgeRefusal({ status: 200, contentType: 'text/html', body: '<html>token=secret' });
  expect(judged.message).toBe('Something before the API server answered with a page (200).');
  expect(judged).not.toBeInstanceOf(TunnelError);
});
