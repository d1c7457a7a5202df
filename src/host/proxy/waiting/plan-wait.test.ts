import { expect, test } from 'vitest';
import { awayMsOf, mostHeldOf, planWait, restMsOf } from './plan-wait.ts';
import type { WaitFacts, WaitPlan } from './plan-wait.ts';

const answer: WaitPlan = { do: 'answer' };
const hold = (ms: number): WaitPlan => ({ do: 'hold', ms });
const most = mostHeldOf({ withBody: false });
const mostWithBody = mostHeldOf({ withBody: true });
const wake: WaitPlan = { do: 'wake', ms: 20_000 };

test.each<[what: string, facts: Partial<WaitFacts>, plan: WaitPlan]>([
  ['a person opens a workspace that was idle', { asker: 'person', stoppedAsIdle: true }, wake],
  ['a person opens one that a person stopped', { asker: 'person' }, wake],
  ['a program asks one that was idle', { asker: 'program', stoppedAsIdle: true }, wake],
  ['a program asks one that a person stopped', { asker: 'program' }, answer],
  ['a page left open polls', { asker: 'page', stoppedAsIdle: true }, answer],
  ['a page reloads itself, or is shown in a frame', { asker: 'document', stoppedAsIdle: true }, answer],
  ['a service worker is looked for', { asker: 'upkeep', stoppedAsIdle: true }, answer],
  ['a probe', { asker: 'probe', stoppedAsIdle: true }, answer],
  ['waking is switched off', { asker: 'person', mayWake: false }, answer],
  ['too many wait already', { asker: 'person', held: most }, answer],
  ['one less', { asker: 'person', held: most - 1 }, wake],
  ['a person, while it starts', { asker: 'person', phase: 'Starting' }, hold(3_000)],
  ['a frame, while it starts', { asker: 'document', phase: 'Pending' }, hold(3_000)],
  ['a page’s request, while its pod is replaced', { asker: 'page', phase: 'Running' }, hold(20_000)],
  ['a program, while it starts', { asker: 'program', phase: 'Starting' }, hold(20_000)],
  ['the same with waking switched off', { asker: 'program', phase: 'Starting', mayWake: false }, hold(20_000)],
  ['a probe, while it starts', { asker: 'probe', phase: 'Starting' }, answer],
  ['an icon, while it starts', { asker: 'upkeep', phase: 'Starting' }, answer],
  ['too many wait for its start', { asker: 'program', phase: 'Starting', held: most }, answer],
  ['fewer with a body', { asker: 'program', phase: 'Starting', withBody: true, held: mostWithBody }, answer],
  ['one less', { asker: 'program', phase: 'Starting', withBody: true, held: mostWithBody - 1 }, hold(20_000)],
  ['a page’s WebSocket, while its pod is replaced', { asker: 'page', phase: 'Starting' }, hold(20_000)],
  ['it has failed', { asker: 'person', phase: 'Failed' }, answer],
  ['it is being deleted', { asker: 'program', phase: 'Terminating' }, answer],
])('%s', (_what, facts, plan) => {
  expect(
    planWait({
      phase: 'Stopped',
      asker: 'person',
      stoppedAsIdle: false,
      mayWake: true,
      withBody: false,
      held: 0,
      ...facts,
    }),
  ).toEqual(plan);
});

test('for a cluster that is away nobody waits who only asks, a tab waits a moment, and what a page does by itself longer', () => {
  expect((['probe', 'upkeep', 'person', 'document', 'page', 'program'] as const).map(awayMsOf)).toEqual([
    0, 0, 3_000, 3_000, 20_000, 20_000,
  ]);
});

test('it is tried again soon, and then less often', () => {
  expect([0, 1, 2, 3, 100].map(restMsOf)).toEqual([150, 300, 600, 1_000, 1_000]);
});
