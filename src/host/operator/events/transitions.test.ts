import { describe, expect, test } from 'vitest';
import type { WorkspaceStatus } from '#contract/workspace.ts';
import { corrected, happenings } from './transitions.ts';

const failed = (reason: string): WorkspaceStatus => ({
  phase: 'Failed',
  lastError: { reason, message: 'It fails.', remedy: 'Mend it.' },
});

describe('what is told of a change', () => {
  test.for<[string, WorkspaceStatus | undefined, WorkspaceStatus, string[]]>([
    ['nothing of a launch that goes on', undefined, { phase: 'Pending' }, []],
    ['nothing between', { phase: 'Pending' }, { phase: 'Starting' }, []],
    ['that it runs', { phase: 'Starting' }, { phase: 'Running', nodeName: 'n' }, ['Normal Running']],
    ['nothing while it runs', { phase: 'Running' }, { phase: 'Running', podName: 'x' }, []],
    ['that it was stopped', { phase: 'Running' }, { phase: 'Stopped' }, ['Normal Stopped']],
    ['nothing of one that is made as stopped', undefined, { phase: 'Stopped' }, []],
    ['why it fails', { phase: 'Starting' }, failed('CrashLoop'), ['Warning CrashLoop']],
    ['nothing while it fails', failed('CrashLoop'), failed('CrashLoop'), []],
    ['another reason', failed('CrashLoop'), failed('OutOfMemory'), ['Warning OutOfMemory']],
    ['that it runs again', failed('CrashLoop'), { phase: 'Running' }, ['Normal Running']],
    [
      'that it runs, but not as it shall',
      { phase: 'Starting' },
      { ...failed('LoadBalancerPending'), phase: 'Running' },
      ['Warning LoadBalancerPending', 'Normal Running'],
    ],
  ])('%s', ([, before, after, told]) =>
    expect(happenings(before, after).map(({ type, reason }) => `${type} ${reason}`)).toEqual(told),
  );

  test('in words that hold the remedy', () => {
    expect(happenings(undefined, failed('X'))[0]?.note).toBe('It fails. Mend it.');
    expect(happenings(undefined, { phase: 'Running', nodeName: 'n' })[0]?.note).toContain('on node n');
    expect(corrected({ kind: 'Deployment', path: 'spec.replicas', by: { manager: 'kubectl-scale' } })).toMatchObject({
      reason: 'Corrected',
      note: expect.stringMatching(/Deployment .*"kubectl-scale".* spec\.replicas/) as string,
    });
  });
});
