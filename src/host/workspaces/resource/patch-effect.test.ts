import { expect, test } from 'vitest';
import { annotations } from '#contract/annotations.ts';
import type { Phase, Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import { operatorConfigSchema } from '../../operator/config.ts';
import { deployment } from '../../operator/desired/deployment.ts';
import { madeForMark } from '../../operator/desired/pod-marks.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { effectOf } from './patch-effect.ts';
import type { PatchSituation } from './patch-effect.ts';

const live = deployment(aWorkspace(), operatorConfigSchema.parse({}));
const nextStart = (spec: Partial<WorkspaceSpec>) => ({ [annotations.nextStart]: madeForMark(aWorkspace(spec)) });

interface Case {
  now?: Partial<WorkspaceSpec>;
  waits?: Partial<WorkspaceSpec>;
  phase?: Phase;
  after: Partial<WorkspaceSpec>;
  plan?: Partial<PatchSituation['plan']>;
  restart?: 'now' | 'next-start';
}

function effect({ now = {}, waits, phase = 'Running', after, plan, restart }: Case) {
  const metadata = waits === undefined ? {} : { annotations: nextStart(waits) };
  const before: Workspace = { ...aWorkspace(now, metadata), status: { phase } };
  const whole = { changed: ['spec.image'], restarts: ['spec.image'], losesPort: false, ...plan };
  return effectOf({ live: before, after: aWorkspace(after, metadata), plan: whole, deployment: live, restart });
}

const image = { image: 'other:1' };
const third = { image: 'third:1' };
const nothing = { changed: [], restarts: [] };

test.for<[string, Case, string, object]>([
  ['what a pod needs, while it runs', { after: image }, 'next-start', nextStart(image)],
  ['the same, and now', { after: image, restart: 'now' }, 'restarting', { [annotations.nextStart]: null }],
  [
    'the same, of one that has failed',
    { after: image, phase: 'Failed' },
    'restarting',
    { [annotations.nextStart]: null },
  ],
  [
    'the same, of one that is stopped',
    { now: { running: false }, after: { ...image, running: false } },
    'next-start',
    { [annotations.nextStart]: null },
  ],
  [
    'what no pod needs',
    { after: { ttl: '1h' }, plan: { changed: ['spec.ttl'], restarts: [] } },
    'now',
    { [annotations.nextStart]: null },
  ],
  ['nothing', { after: {}, plan: nothing }, 'nothing-changed', { [annotations.nextStart]: null }],
  ['something more of one that waits', { now: image, waits: image, after: third }, 'next-start', nextStart(third)],
  ['what waits, taken back', { now: image, waits: image, after: {} }, 'now', { [annotations.nextStart]: null }],
  [
    'nothing, while something waits',
    { now: image, waits: image, after: image, plan: nothing },
    'nothing-changed',
    nextStart(image),
  ],
  [
    'nothing, and what waits now',
    { now: image, waits: image, after: image, plan: nothing, restart: 'now' },
    'restarting',
    { [annotations.nextStart]: null },
  ],
  [
    'a password',
    { after: {}, plan: { changed: ['spec.env.PASSWORD'], restarts: ['spec.env.PASSWORD'] } },
    'next-start',
    { [annotations.nextStart]: null },
  ],
  [
    'a password, and now',
    { after: {}, plan: { changed: ['spec.env.PASSWORD'], restarts: ['spec.env.PASSWORD'] }, restart: 'now' },
    'restarting',
    { [annotations.nextStart]: null, [annotations.restartedAt]: expect.any(String) as string },
  ],
])('%s: %s takes effect as %s', ([, given, takesEffect, written]) => {
  expect(effect(given)).toEqual({ takesEffect, annotations: written });
});

test('a port is not taken away from under a program that runs', () => {
  const ports = { ports: [{ containerPort: 9_090 }] };
  expect(() => effect({ after: ports, plan: { losesPort: true } })).toThrow(/would lose a port/);
  expect(effect({ after: ports, plan: { losesPort: true }, restart: 'now' }).takesEffect).toBe('restarting');
});
