import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { describeWorkspace } from './describe-workspace.ts';
import { localTime } from './local-time.ts';

const server: Server = { id: 'ws-1', name: 'ws-1', image: 'echo:1', status: 'running', phase: 'Running' };

test('what keeps it awake is said, since when and until when', () => {
  const awake = { by: 'input' as const, since: '2026-03-01T12:00:00Z', until: '2026-03-01T15:00:00Z' };
  expect(describeWorkspace({ ...server, awake }).split('\n')).toEqual([
    'workspace  ws-1',
    'phase      Running',
    'image      echo:1',
    `awake      somebody types or clicks in it, since ${localTime(awake.since)}; stops at ${localTime(awake.until)} if nothing more comes`,
  ]);
});

test('and why it does not run, with what to do', () => {
  const failure = { reason: 'ImagePullFailed', message: 'No such image.', remedy: 'Check its name.' };
  const text = describeWorkspace({ ...server, phase: 'Failed', status: 'failed', failure });
  expect(text).toContain('reason     ImagePullFailed: No such image.\n           Check its name.');
  expect(text).not.toContain('awake');
  const stopped = describeWorkspace({ ...server, phase: 'Stopped', status: 'stopped', stop_reason: 'Idle: nobody.' });
  expect(stopped).toContain('stopped    Idle: nobody.');
});
