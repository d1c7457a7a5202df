import { expect, test } from 'vitest';
import type { Field } from './field.ts';
import { withFrameAncestors } from './frame-ancestors.ts';

const view = {
  controlOrigins: ['https://localhost:8080', 'https://127.0.0.1:8080', 'https://[::1]:8080'],
  siblingOrigins: ['https://cs.localhost:8080'],
  inPlace: false,
};
const ours: Field = [
  'content-security-policy',
  "frame-ancestors 'self' https://localhost:8080 https://127.0.0.1:8080 https://cs.localhost:8080",
];
const csp = (value: string): Field => ['content-security-policy', value];

test.each<[string, Field[], Field[]]>([
  ['nothing is said', [], []],
  ['X-Frame-Options', [['x-frame-options', 'DENY']], []],
  [
    'two of them',
    [
      ['x-frame-options', 'SAMEORIGIN'],
      ['x-frame-options', 'ALLOW-FROM https://x'],
    ],
    [],
  ],
  ['frame-ancestors alone', [csp("frame-ancestors 'none'")], []],
  [
    'frame-ancestors among others',
    [csp("default-src 'self'; frame-ancestors 'self'; img-src *")],
    [csp("default-src 'self'; img-src *")],
  ],
  ['in capitals, twice', [csp("Frame-Ancestors 'self';FRAME-ANCESTORS *; img-src *")], [csp('img-src *')]],
  [
    'several policies in one line',
    [csp("frame-ancestors 'none', default-src 'self'; frame-ancestors a, img-src b")],
    [csp("default-src 'self', img-src b")],
  ],
  ['several headers', [csp("frame-ancestors 'none'"), csp("script-src 'self'")], [csp("script-src 'self'")]],
  ['without a value', [csp('frame-ancestors')], []],
  ['a directive that begins alike', [csp('frame-ancestors-x y')], [csp('frame-ancestors-x y')]],
  [
    'a report',
    [['content-security-policy-report-only', "frame-ancestors 'none'"]],
    [['content-security-policy-report-only', "frame-ancestors 'none'"]],
  ],
  ['other headers', [['etag', '"x"']], [['etag', '"x"']]],
])('%s', (_what, fields, kept) => {
  expect(withFrameAncestors(fields, view)).toEqual([...kept, ours]);
});

test('served to programs on the control origin, a page would have no origin', () => {
  expect(withFrameAncestors([csp('sandbox allow-scripts allow-same-origin')], { ...view, inPlace: true })).toEqual([
    csp('sandbox allow-scripts allow-same-origin'),
    csp("sandbox; frame-ancestors 'none'"),
  ]);
});
