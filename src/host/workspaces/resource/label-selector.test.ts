import { expect, test } from 'vitest';
import { parseLabelSelector } from './label-selector.ts';

const labels = { app: 'web', tier: 'front', 'team.example/owner': 'ann', empty: '' };

test.for([
  ['', true],
  ['app=web', true],
  ['app==web', true],
  ['app = web , tier = front', true],
  ['app=web,tier=back', false],
  ['app!=web', false],
  ['none!=web', true],
  ['app in (web, api)', true],
  ['app in (api)', false],
  ['app notin (api,web)', false],
  ['none notin (api)', true],
  ['none in ()', false],
  ['empty in ()', true],
  ['app', true],
  ['!app', false],
  ['none', false],
  ['!none,app', true],
  ['toString', false],
  ['team.example/owner=ann', true],
  ['empty=', true],
] as const)('%s: %s', ([selector, expected]) => {
  expect(parseLabelSelector(selector)(labels)).toBe(expected);
});

test.for([
  '=web',
  'app=we b',
  'app in web',
  'app=web,',
  'app>1',
  '-a',
  `app=${'x'.repeat(64)}`,
  '((((',
  'app in (a b)',
])('%s is refused, and told which part', (selector) => {
  expect(() => parseLabelSelector(selector)).toThrow(/is no requirement of a label selector/);
});
