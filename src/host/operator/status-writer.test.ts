import { describe, expect, test } from 'vitest';
import type { Workspace, WorkspaceStatus } from '#contract/workspace.ts';
import type { OperatorKube } from '../kube/clients.ts';
import { StatusError } from '../kube/transport-error.ts';
import { createStatusWriter } from './status-writer.ts';
import { aWorkspace } from '#test/operator/objects.ts';

const { signal } = new AbortController();
const condition = (type: string, status: 'True' | 'False') =>
  ({ type, status, reason: 'x', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' }) as const;
const starting: WorkspaceStatus = { phase: 'Starting', conditions: [condition('ImagePulled', 'False')] };
const pulled: WorkspaceStatus = { phase: 'Starting', conditions: [condition('ImagePulled', 'True')] };
const at = (resourceVersion: string, status?: WorkspaceStatus): Workspace => ({
  ...aWorkspace({}, { resourceVersion }),
  ...(status === undefined ? {} : { status }),
});

function writer(answer: () => unknown = () => ({})) {
  const writes: unknown[] = [];
  let time = 0;
  const json: OperatorKube['rest']['json'] = async (_method, _path, options) => {
    writes.push((options?.body as { status: unknown } | undefined)?.status);
    return Promise.resolve(answer());
  };
  const kube = { namespace: 'dev', rest: { json, stream: () => Promise.reject(new Error('not used')) } };
  return {
    writes,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    ...createStatusWriter(kube, () => new Date(time)),
  };
}

describe('a status', () => {
  test('is written when it differs, and not when it does not', async () => {
    const status = writer();
    expect(await status.write(at('1'), starting, signal)).toEqual({ written: true });
    expect(await status.write(at('2', starting), starting, signal)).toEqual({ written: false });
    expect(status.writes).toEqual([starting]);
  });

  test('of which only conditions differ waits a second for more', async () => {
    const status = writer();
    expect(await status.write(at('1', starting), pulled, signal)).toEqual({ written: false, waitMs: 1_000 });
    status.pass(400);
    expect(await status.write(at('1', starting), pulled, signal)).toEqual({ written: false, waitMs: 600 });
    status.pass(600);
    expect(await status.write(at('1', starting), pulled, signal)).toEqual({ written: true });
  });

  test('of a port that is open waits for what its program answers', async () => {
    const status = writer();
    const open = { ...starting, readyReplicas: 1 };
    expect(await status.write(at('1', starting), open, signal)).toEqual({ written: false, waitMs: 1_000 });
    expect(await status.write(at('1', starting), { ...open, phase: 'Running' }, signal)).toEqual({ written: true });
    expect(status.writes).toHaveLength(1);
  });

  test('of another phase does not wait, and takes along what did', async () => {
    const status = writer();
    await status.write(at('1', starting), pulled, signal);
    const running = { ...pulled, phase: 'Running' } as const;
    expect(await status.write(at('1', starting), running, signal)).toEqual({ written: true });
    expect(status.writes).toEqual([running]);
  });

  test('of another reason to fail does not wait', async () => {
    const status = writer();
    const failing = { ...starting, lastError: { reason: 'X', message: 'm' } };
    expect(await status.write(at('1', starting), failing, signal)).toEqual({ written: true });
  });

  test('that was written counts as long as the copy is as old as the write', async () => {
    const status = writer();
    await status.write(at('1'), starting, signal);
    expect(status.latest(at('1')).status).toEqual(starting);
    expect(status.latest(at('2', pulled)).status).toEqual(pulled);
    // Nothing is remembered of a copy that is newer.
    expect(status.latest(at('1')).status).toBeUndefined();
  });

  test('that was written has none of what it no longer says, and all that is not ours', async () => {
    const status = writer();
    const failing = { ...starting, lastError: { reason: 'X', message: 'm' }, lastActivity: '2026-01-01T00:00:00Z' };
    await status.write(at('1', failing), starting, signal);
    expect(status.latest(at('1', failing)).status).toEqual({ ...starting, lastActivity: failing.lastActivity });
  });

  test('of which an older CRD keeps a part is not written again for the rest of it', async () => {
    const whole: WorkspaceStatus = { ...starting, nodeName: 'node1' };
    const status = writer(() => at('2', starting));
    expect(await status.write(at('1'), whole, signal)).toEqual({ written: true });
    expect(await status.write(at('2', starting), whole, signal)).toEqual({ written: false });
    expect(await status.write(at('3', {}), whole, signal)).toEqual({ written: true });
    const moved: WorkspaceStatus = { ...whole, phase: 'Running' };
    expect(await status.write(at('4', starting), moved, signal)).toEqual({ written: true });
  });

  test('of which a CRD without a schema keeps nothing is not written over and over', async () => {
    const status = writer(() => at('2', {}));
    expect(await status.write(at('1'), starting, signal)).toEqual({ written: true });
    const later = { ...starting, conditions: [{ ...condition('ImagePulled', 'False'), lastTransitionTime: 'later' }] };
    expect(await status.write(at('2', {}), later, signal)).toEqual({ written: false });
  });

  test('of a Workspace that is gone needs no write', async () => {
    const status = writer(() => {
      throw new StatusError(404, {});
    });
    expect(await status.write(at('1'), starting, signal)).toEqual({ written: false });
    expect(status.latest(at('1')).status).toBeUndefined();
  });

  test('that meets a conflict is tried again', async () => {
    const status = writer(() => {
      throw new StatusError(409, {});
    });
    await expect(status.write(at('1'), starting, signal)).rejects.toMatchObject({ code: 'conflict' });
  });
});
