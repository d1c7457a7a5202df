import { expect, test } from 'vitest';
import type { Announced } from './announcement.ts';
import { createLiveness } from './liveness.ts';

const at = (name: string, resourceVersion: string): Announced => ({
  metadata: { name, resourceVersion },
  announcement: { name: `${name}.tail.test`, address: '100.64.0.2' },
});
const names = (announced: readonly Announced[]): string[] => announced.map(({ metadata }) => metadata.name);

test('a host lives for as long as its announcement changes, by the clock of whoever looks', () => {
  const liveness = createLiveness({ lifetimeMs: 30, staleMs: 100 });
  expect(names(liveness.alive([at('a', '1'), at('b', '1')], 0))).toEqual(['a', 'b']);
  expect(names(liveness.alive([at('a', '2'), at('b', '1')], 29))).toEqual(['a', 'b']);
  expect(names(liveness.alive([at('a', '2'), at('b', '1')], 30))).toEqual(['a']);
  expect(names(liveness.alive([at('a', '2'), at('b', '2')], 70))).toEqual(['b']);
});

test('what nobody renews any more is told apart from what is only late', () => {
  const liveness = createLiveness({ lifetimeMs: 30, staleMs: 100 });
  const both = [at('a', '1'), at('b', '1')];
  expect(liveness.stale(both, 0)).toEqual([]);
  expect(names(liveness.stale([at('a', '1'), at('b', '2')], 100))).toEqual(['a']);
  // One that was gone meanwhile is met anew.
  expect(liveness.stale([at('b', '2')], 110)).toEqual([]);
  expect(names(liveness.alive([at('a', '1'), at('b', '2')], 120))).toEqual(['a', 'b']);
});
