import { expect, test } from 'vitest';
import type { WorkspaceEvent } from '#contract/workspace-events.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { startTimeline, totalOf, type Segment } from './start-timeline.ts';

const base = Date.parse('2026-11-27T00:43:36.000Z');
const iso = (seconds: number): string => new Date(base + seconds * 1_000).toISOString();
const event = (seconds: number, about: string, reason: string, message = reason): WorkspaceEvent => {
  const [kind = '', name = ''] = about.split('/');
  return { type: 'Normal', reason, message, about: { kind, name }, count: 1, last_at: iso(seconds) };
};
const condition = (type: string, seconds: number, status: 'True' | 'False' = 'True') => ({
  ...{ type, status, reason: 'R', message: `${type} holds.` },
  lastTransitionTime: iso(seconds),
});
type Status = Pick<WorkspaceResource['status'], 'phase' | 'pod' | 'conditions'>;
const running: Status = {
  phase: 'Running',
  pod: 'a-1',
  conditions: [
    condition('Scheduled', 4),
    condition('ImagePulled', 5),
    condition('Ready', 9),
    condition('Progressing', 9, 'False'),
  ],
};
const events = [
  event(0, 'ReplicaSet/a', 'SuccessfulCreate', 'Created pod: a-1'),
  event(4.66, 'Pod/a-1', 'Scheduled'),
  event(6, 'Pod/a-1', 'Pulled'),
  event(7, 'Pod/a-1', 'Started'),
];
/** As `place 0-4.7 image 4.7-6`, in seconds; what goes on has no end. */
const words = (segments: readonly Segment[]): string =>
  segments
    .map(({ step, from, to }) => {
      const end = to === undefined ? '' : String((to - base) / 1_000);
      return `${step} ${String((from - base) / 1_000)}-${end}`;
    })
    .join(' ');

test.each<[what: string, Status, readonly WorkspaceEvent[], string]>([
  ['as it is told', running, events, 'place 0-4.66 image 4.66-6 container 6-7 program 7-9'],
  ['of conditions alone, an hour later', running, [], 'image 4-5 program 5-9'],
  [
    'of another pod nothing counts',
    running,
    events.map((one) => ({ ...one, message: 'Created pod: a-0', about: { ...one.about, name: 'a-0' } })),
    'image 4-5 program 5-9',
  ],
  [
    'of a container that was started anew: that alone',
    running,
    [...events, event(7.5, 'Pod/a-1', 'Pulled'), event(8, 'Pod/a-1', 'Started')],
    'container 7.5-8 program 8-9',
  ],
  [
    'clocks that differ turn nothing round',
    { ...running, conditions: [condition('Ready', 2)] },
    events,
    'place 0-4.66 image 4.66-6 container 6-7 program 7-7',
  ],
  [
    'while a node is looked for',
    { phase: 'Pending', pod: 'a-1', conditions: [condition('Progressing', 0)] },
    events.slice(0, 1),
    'place 0-',
  ],
  [
    'while there is no pod yet',
    { phase: 'Pending', pod: undefined, conditions: [condition('Progressing', 1)] },
    [],
    'place 1-',
  ],
  [
    'while the image is fetched',
    { phase: 'Starting', pod: 'a-1', conditions: [condition('Scheduled', 4)] },
    events.slice(0, 2),
    'place 0-4.66 image 4.66-',
  ],
  [
    'while the program comes up',
    { phase: 'Starting', pod: 'a-1', conditions: [condition('Ready', 0, 'False')] },
    events,
    'place 0-4.66 image 4.66-6 container 6-7 program 7-',
  ],
  ['what is stopped has no start', { ...running, phase: 'Stopped' }, events, ''],
  ['nor has what failed', { ...running, phase: 'Failed' }, events, ''],
  ['nothing told', { phase: 'Running', pod: 'a-1', conditions: [] }, [], ''],
  ['times that are none', { ...running, conditions: [] }, events.map((one) => ({ ...one, last_at: 'soon' })), ''],
])('%s', (_what, status, told, segments) => {
  expect(words(startTimeline({ status }, told))).toBe(segments);
});

test('each says how its end was told, and all together how long it took', () => {
  const segments = startTimeline({ status: running }, events);
  expect(segments.map(({ detail }) => detail)).toEqual(['Scheduled', 'Pulled', 'Started', 'Ready holds.']);
  expect(totalOf(segments, base)).toBe(9_000);
  expect(totalOf([{ step: 'place', from: base, to: undefined, detail: undefined }], base + 2_500)).toBe(2_500);
  expect(totalOf([], base)).toBe(0);
});
