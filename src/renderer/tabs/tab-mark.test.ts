import { expect, test } from 'vitest';
import { tabMark, type TabFacts } from './tab-mark.ts';

const well: TabFacts = {
  server: { phase: 'Running' },
  link: 'live',
  cluster: 'online',
  openedWith: undefined,
  view: 'ready',
  hasWindow: false,
  isOpen: true,
};

test.each<[string, Partial<TabFacts>, ReturnType<typeof tabMark>]>([
  ['all is well', {}, undefined],
  ['it loads', { view: 'loading' }, undefined],
  ['it starts for the first time', { server: { phase: 'Starting' }, isOpen: false }, 'starting'],
  ['it comes back', { server: { phase: 'Pending' } }, 'reconnecting'],
  ['it stands still', { server: { phase: 'Stopped' }, hasWindow: true }, 'stopped'],
  ['it has failed', { server: { phase: 'Failed' }, cluster: 'offline' }, 'failed'],
  ['it goes', { server: { phase: 'Terminating' } }, 'ending'],
  ['the cluster is away', { cluster: 'offline' }, 'reconnecting'],
  ['the host is away', { link: 'lost', view: 'failed' }, 'reconnecting'],
  ['its page did not load', { view: 'failed' }, 'failed'],
  ['its page hangs', { view: 'hung', hasWindow: true }, 'hung'],
  ['it has a window', { hasWindow: true }, 'window'],
  ['it was let go', { view: 'resting' }, 'resting'],
  ['it has not been looked at since the start', { isOpen: false, view: undefined }, 'resting'],
])('%s', (_what, facts, mark) => {
  expect(tabMark({ ...well, ...facts })).toBe(mark);
});
