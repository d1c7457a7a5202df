import { expect, test } from 'vitest';
import { annotations } from '#contract/annotations.ts';
import type { Phase, WorkspaceSpec } from '#contract/workspace.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { operatorConfigSchema } from './config.ts';
import { deployment } from './desired/deployment.ts';
import { madeForMark, podMarks } from './desired/pod-marks.ts';
import { keepsPod } from './keeps-pod.ts';
import { upToDate } from './let-be.ts';

const config = operatorConfigSchema.parse({});
const others = operatorConfigSchema.parse({ imagePullSecret: 'house' });
const before: Partial<WorkspaceSpec> = {
  env: [
    { name: 'PASSWORD', value: 'a' },
    { name: 'A', value: '1' },
  ],
};
const made = deployment(aWorkspace(before), config);
const running = { phase: 'Running', observedGeneration: 1 } as const;

test.for([
  ['the same wish, other settings', {}, running, others, true],
  ['the same wish, the same settings', {}, running, config, false],
  ['the workspace has failed', {}, { phase: 'Failed' }, others, false],
  ['it starts, and has not failed', {}, { phase: 'Starting' }, others, true],
  ['another image', { image: 'other:1' }, running, others, false],
  ['another variable', { env: [{ name: 'A', value: '2' }] }, running, others, false],
  [
    'another password, which is in a Secret',
    {
      env: [
        { name: 'PASSWORD', value: 'b' },
        { name: 'A', value: '1' },
      ],
    },
    running,
    others,
    true,
  ],
  ['a home at another place', { home: { mountPath: '/other' } }, running, others, false],
  ['a longer life', { ttl: '9h', idle: { stopAfter: '1h' }, owner: 'me' }, running, others, true],
  ['another page that is asked for', { probe: { kind: 'slow', path: '/up' } }, running, others, true],
  ['nothing that is asked for any more', { probe: { kind: 'none' } }, running, others, false],
  ['another way in', { exposure: { type: 'LoadBalancer' } }, running, others, true],
  ['it is stopped', { running: false }, running, others, false],
] as const)('%s: the pod is kept, or not', ([, edit, status, settings, expected]) => {
  const workspace = { ...aWorkspace({ ...before, ...(edit as Partial<WorkspaceSpec>) }), status };
  expect(keepsPod(workspace, deployment(workspace, settings), made)).toBe(expected);
});

test('of a stopped one nothing is written before it starts', () => {
  const stopped = { ...aWorkspace({ running: false }), status: { phase: 'Stopped' as const } };
  const live = deployment(stopped, config);
  expect(keepsPod(stopped, deployment(stopped, others), live)).toBe(true);
  const started = { ...aWorkspace({}), status: { phase: 'Stopped' as const } };
  expect(keepsPod(started, deployment(started, others), live)).toBe(false);
});

test('one of a version that made no marks is kept when its spec is known and the pod would be another', () => {
  const workspace = { ...aWorkspace(before), status: running };
  const wanted = deployment(workspace, others);
  const { [podMarks.madeFor]: _madeFor, [podMarks.pod]: _pod, ...annotations } = made.metadata?.annotations ?? {};
  const unmarked = { ...made, metadata: { ...made.metadata, annotations } };
  expect(keepsPod(workspace, wanted, unmarked)).toBe(true);
  expect(keepsPod(workspace, deployment(workspace, config), unmarked)).toBe(false);
  const edited = { ...aWorkspace(before), status: { ...running, observedGeneration: 0 } };
  expect(keepsPod(edited, wanted, unmarked)).toBe(false);
});

test('what was asked for from the next start on waits for it, and nothing that is asked for later does', () => {
  const edit: Partial<WorkspaceSpec> = { ...before, image: 'other:1' };
  const mark = madeForMark(aWorkspace(edit));
  const asked = (spec: Partial<WorkspaceSpec>, more: Record<string, string> = {}, phase: Phase = 'Running') => {
    const workspace = aWorkspace(spec);
    const annotated = { ...workspace.metadata, annotations: { [annotations.nextStart]: mark, ...more } };
    return { ...workspace, metadata: annotated, status: { phase } };
  };
  const keeps = (workspace: ReturnType<typeof asked>, live = made): boolean =>
    keepsPod(workspace, deployment(workspace, config), live);
  expect(keeps(asked(edit))).toBe(true);
  expect(keeps(asked({ ...edit, ttl: '9h' }))).toBe(true);
  expect(keeps(asked({ ...edit, image: 'third:1' }))).toBe(false);
  expect(keeps(asked(edit, { [annotations.restartedAt]: '2026-01-01T00:00:00Z' }))).toBe(false);
  expect(keeps(asked(edit, {}, 'Failed'))).toBe(false);
  expect(keeps(asked({ ...edit, running: false }))).toBe(false);
  // It has started: nothing waits any more.
  expect(keeps(asked(edit), deployment(asked(edit), config))).toBe(false);
  expect(
    upToDate({ kept: ['spec.a'], workspace: asked(edit), deployment: made }, { phase: 'Running' })?.message,
  ).toMatch(/^The pod is from before the workspace was changed, and is left running; from its next start on .*spec\.a/);
});

test('the marks tell nobody a password', () => {
  const marks = (value: string) =>
    deployment(aWorkspace({ env: [{ name: 'PASSWORD', value }] }), config).metadata?.annotations;
  expect(marks('a')).toEqual(marks('b'));
});
