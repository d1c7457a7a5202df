import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import type { Workspace } from '#contract/workspace.ts';
import { execPlace } from './exec-place.ts';

const workspace: Workspace = {
  apiVersion: 'guildnet.io/v1alpha1',
  kind: 'Workspace',
  metadata: { name: 'w', namespace: 'n', uid: 'u', resourceVersion: '1' },
  spec: { image: 'busybox' },
  status: { phase: 'Running' },
};

interface Made {
  name: string;
  minute: number;
  running?: boolean;
  ready?: boolean;
  leaving?: boolean;
  sidecar?: boolean;
}

function pod({ name, minute, running = true, ready = true, leaving = false, sidecar = false }: Made): V1Pod {
  const names = ['workspace', ...(sidecar ? ['proxy'] : [])];
  const at = new Date(minute * 60_000);
  return {
    metadata: { name, uid: `uid-${name}`, creationTimestamp: at, ...(leaving ? { deletionTimestamp: at } : {}) },
    spec: { containers: names.map((one) => ({ name: one })) },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: names.map((one) => ({
        name: one,
        image: '',
        imageID: '',
        ready,
        restartCount: 0,
        started: running,
        state: running ? { running: {} } : { waiting: { reason: 'CrashLoopBackOff' } },
      })),
    },
  };
}

describe('a program is started', () => {
  test.each<{ what: string; pods: Made[]; asked?: string; in: string }>([
    { what: 'in the one pod', pods: [{ name: 'a', minute: 1 }], in: 'a' },
    {
      what: 'in the newest that is ready',
      pods: [
        { name: 'a', minute: 1 },
        { name: 'b', minute: 2 },
      ],
      in: 'b',
    },
    {
      what: 'in one that is ready rather than in a newer one',
      pods: [
        { name: 'a', minute: 1 },
        { name: 'b', minute: 2, ready: false },
      ],
      in: 'a',
    },
    { what: 'in one that runs and is not ready', pods: [{ name: 'a', minute: 1, ready: false }], in: 'a' },
    {
      what: 'in none that is leaving',
      pods: [
        { name: 'a', minute: 2, leaving: true },
        { name: 'b', minute: 1 },
      ],
      in: 'b',
    },
    { what: 'in a sidecar', pods: [{ name: 'a', minute: 1, sidecar: true }], asked: 'proxy', in: 'a' },
  ])('$what', ({ pods, asked, in: name }) => {
    expect(execPlace(workspace, pods.map(pod), asked)).toEqual({
      pod: name,
      uid: `uid-${name}`,
      container: asked ?? 'workspace',
    });
  });

  test.each<{ what: string; pods: Made[]; asked?: string; of?: Workspace; code: string }>([
    { what: 'no pod', pods: [], code: 'not_ready' },
    {
      what: 'a container that crashes',
      pods: [{ name: 'a', minute: 1, running: false, ready: false }],
      code: 'not_ready',
    },
    { what: 'no such container', pods: [{ name: 'a', minute: 1 }], asked: 'proxy', code: 'not_found' },
    {
      what: 'a stopped workspace',
      pods: [],
      of: { ...workspace, spec: { image: 'busybox', mode: 'Stopped' } },
      code: 'not_ready',
    },
  ])('nowhere with $what', ({ pods, asked, of = workspace, code }) => {
    expect(() => execPlace(of, pods.map(pod), asked)).toThrow(expect.objectContaining({ code }));
  });
});
