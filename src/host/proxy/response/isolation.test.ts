import { expect, test } from 'vitest';
import type { Field } from './field.ts';
import { withIsolation } from './isolation.ts';

const origin = { prefix: '', inPlace: false, document: true, fromElsewhere: false };
const shared = { ...origin, prefix: '/proxy/server/cs' };
const inPlace = { ...shared, inPlace: true };
const coop: Field = ['cross-origin-opener-policy', 'same-origin-allow-popups'];
const corp: Field = ['cross-origin-resource-policy', 'same-origin'];
const nosniff: Field = ['x-content-type-options', 'nosniff'];

test.each([
  'alt-svc',
  'clear-site-data',
  'expect-ct',
  'nel',
  'proxy-authenticate',
  'proxy-authentication-info',
  'public-key-pins',
  'public-key-pins-report-only',
  'report-to',
  'set-cookie2',
  'strict-transport-security',
])('%s is dropped', (name) => {
  expect(
    withIsolation(
      [
        [name, 'x'],
        ['etag', 'y'],
      ],
      origin,
    ),
  ).toEqual([['etag', 'y'], coop, corp]);
});

test.each<[string, Field[], typeof origin, Field[]]>([
  ['nothing is said', [], origin, [coop, corp]],
  ['a part of a page', [], { ...origin, document: false }, [corp]],
  [
    'the workspace is stricter',
    [['cross-origin-opener-policy', 'same-origin']],
    origin,
    [['cross-origin-opener-policy', 'same-origin'], corp],
  ],
  [
    'the workspace opens itself',
    [['cross-origin-resource-policy', 'cross-origin']],
    origin,
    [['cross-origin-resource-policy', 'cross-origin'], coop],
  ],
  [
    'another origin was let in',
    [],
    { ...origin, fromElsewhere: true },
    [coop, ['cross-origin-resource-policy', 'cross-origin']],
  ],
  [
    'COEP is the workspace’s own',
    [['cross-origin-embedder-policy', 'require-corp']],
    origin,
    [['cross-origin-embedder-policy', 'require-corp'], coop, corp],
  ],
  [
    'a worker for all of its origin',
    [['service-worker-allowed', '/']],
    origin,
    [['service-worker-allowed', '/'], coop, corp],
  ],
  [
    'a worker for all of the control origin',
    [['service-worker-allowed', '/']],
    shared,
    [['service-worker-allowed', '/proxy/server/cs/'], coop, corp],
  ],
  [
    'a worker for another workspace',
    [['service-worker-allowed', '/proxy/server/cs-2/']],
    shared,
    [['service-worker-allowed', '/proxy/server/cs/'], coop, corp],
  ],
  [
    'a worker for a part of its own path',
    [['service-worker-allowed', '/proxy/server/cs/x']],
    shared,
    [['service-worker-allowed', '/proxy/server/cs/x'], coop, corp],
  ],
  [
    'a password on its own origin',
    [['www-authenticate', 'Basic']],
    origin,
    [['www-authenticate', 'Basic'], coop, corp],
  ],
  ['a password on the control origin', [['www-authenticate', 'Basic']], shared, [coop, corp]],
  [
    'CORS on its own origin',
    [['access-control-allow-origin', '*']],
    origin,
    [['access-control-allow-origin', '*'], coop, corp],
  ],
  [
    'CORS in place',
    [
      ['access-control-allow-origin', '*'],
      ['access-control-allow-credentials', 'true'],
    ],
    inPlace,
    [coop, corp, nosniff],
  ],
])('%s', (_what, fields, view, wanted) => {
  expect(withIsolation(fields, view)).toEqual(wanted);
});
