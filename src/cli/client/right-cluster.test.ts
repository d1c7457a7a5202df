import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import { otherCluster } from './right-cluster.ts';
import type { Meant } from './right-cluster.ts';

const state: ClusterState = { phase: 'online', context: 'home', namespace: 'dev', local: { available: false } };
const url = 'https://localhost:8080';

test.each<[Meant, ClusterState, RegExp | undefined]>([
  [{}, state, undefined],
  [{ context: 'home' }, state, undefined],
  [{ namespace: 'dev' }, state, undefined],
  [{ context: 'home', namespace: 'dev' }, state, undefined],
  [{ context: 'work' }, state, /^The context work is meant, .* works with the context home and the namespace dev/],
  [{ namespace: 'prod' }, state, /^The namespace prod is meant/],
  [{ context: 'work', namespace: 'prod' }, state, /^The context work and the namespace prod is meant/],
  [{ context: 'home' }, { phase: 'none', local: { available: false } }, /works with the context none/],
])('%j with %j', (meant, now, words) => {
  const error = otherCluster(meant, now, url);
  if (words === undefined) expect(error).toBeUndefined();
  else expect(error?.message).toMatch(words);
});

test('it is said how to change it', () => {
  expect(otherCluster({ namespace: 'prod' }, state, url)?.remedy).toContain('guildnet context use home -n prod');
});
