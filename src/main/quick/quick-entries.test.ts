import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { readDeepLink } from '../deep-link/deep-link.ts';
import { quickEntries } from './quick-entries.ts';

const server = (id: string, phase: Server['phase'] = 'Running'): Server => ({
  id,
  name: id,
  image: 'i',
  status: 'running',
  phase,
});

test('what runs, by name, and presets, a few of each', () => {
  const servers = ['c', 'a', 'b', 'd', 'e', 'f', 'g'].map((id) => server(id));
  const presets = Array.from({ length: 9 }, (_, place) => ({ label: `p${String(place)}`, image: 'x:1' }));
  const { running, presets: offered } = quickEntries([server('aa', 'Stopped'), ...servers], presets);
  expect(running.map(({ title }) => title)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(offered.map(({ title }) => title)).toEqual(['p0', 'p1', 'p2', 'p3']);
});

test('each link is one that the app understands, whatever the image is called', () => {
  const image = `registry.example:5000/a__b/c-d:1.0_X@sha256:${'0f'.repeat(32)}`;
  const { running, presets } = quickEntries([server('code-1a2b3')], [{ label: 'Code\u202e', image }]);
  expect(readDeepLink(running[0]?.link ?? '')).toEqual({ to: 'open', id: 'code-1a2b3' });
  expect(readDeepLink(presets[0]?.link ?? '')).toEqual({ to: 'launch', image });
  expect(presets[0]?.title).toBe('Code');
});

test('of nothing comes nothing', () => {
  expect(quickEntries([], [])).toEqual({ running: [], presets: [] });
});
