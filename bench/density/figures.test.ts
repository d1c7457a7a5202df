import { expect, test } from 'vitest';
import { amountsOf, fit } from './figures.ts';

const node = { cpu: 2, memory: 8 * 2 ** 30 };
const mi = 2 ** 20;

test.for([
  ['CPU decides', { cpu: 0.1, memory: 64 * mi }, { count: 20, by: 'cpu' }],
  ['memory decides', { cpu: 0.01, memory: 128 * mi }, { count: 64, by: 'memory' }],
  ['the number of pods decides', { cpu: 0.001, memory: mi }, { count: 110, by: 'pods' }],
] as const)('%s', ([, one, expected]) => expect(fit(node, one)).toEqual(expected));

test('requests are read as Kubernetes writes them', () => {
  expect(amountsOf({ cpu: '10m', memory: '128Mi' })).toEqual({ cpu: 0.01, memory: 128 * mi });
  expect(() => amountsOf({ cpu: '1' })).toThrow(TypeError);
});
