import { describe, expect, test } from 'vitest';
import type { Failure } from '#contract/workspace.ts';
import { exposed, imagePulled, progressing, ready, scheduled, volumeReady } from './judgements.ts';
import { standingOf } from './standing.ts';
import type { Observed } from './standing.ts';
import { aDeployment, aPod, aWorkspace, waiting } from '#test/operator/objects.ts';

const now = new Date('2026-06-01T12:00:00Z');
const failure: Failure = { reason: 'CrashLoop', message: 'it crashes', remedy: 'r' };
const noClass: Failure = { reason: 'StorageClassMissing', message: 'no class', remedy: 'r' };
const observed = (more: Partial<Observed> = {}): Observed => ({ workspace: aWorkspace(), pods: [], ...more });
const bound = { metadata: {}, status: { phase: 'Bound' } };

describe('Ready', () => {
  test.for([
    [{ phase: 'Running' }, 'True', 'Serving'],
    [{ phase: 'Failed', failure }, 'False', 'CrashLoop'],
    [{ phase: 'Starting', failure }, 'False', 'CrashLoop'],
    [{ phase: 'Starting' }, 'False', 'Starting'],
    [{ phase: 'Stopped', failure }, 'False', 'Stopped'],
    [{ phase: 'Terminating' }, 'False', 'Terminating'],
  ] as const)('%j', ([standing, status, reason]) => expect(ready(standing)).toMatchObject({ status, reason }));
});

describe('Progressing', () => {
  test.for([
    [{ phase: 'Pending' }, 'True', 'Pending'],
    [{ phase: 'Starting', failure }, 'True', 'Starting'],
    [{ phase: 'Running' }, 'False', 'Settled'],
    [{ phase: 'Stopped' }, 'False', 'Stopped'],
    [{ phase: 'Failed', failure }, 'False', 'CrashLoop'],
    [{ phase: 'Terminating' }, 'True', 'Terminating'],
  ] as const)('%j', ([standing, status, reason]) => expect(progressing(standing)).toMatchObject({ status, reason }));
});

describe('Scheduled', () => {
  const pod = aPod({ conditions: { PodScheduled: 'True' } });
  test('is not there before the scheduler has looked, or for a stopped workspace', () => {
    expect(scheduled({ phase: 'Pending' })).toBeUndefined();
    expect(scheduled({ phase: 'Pending', pod: aPod() })).toBeUndefined();
    expect(scheduled({ phase: 'Stopped', pod })).toBeUndefined();
  });
  test('names the node', () =>
    expect(scheduled({ phase: 'Starting', pod })).toMatchObject({
      status: 'True',
      message: 'The pod is on node node1.',
    }));
});

describe('VolumeReady', () => {
  test('is not there without a home', () => expect(volumeReady(observed(), { phase: 'Running' })).toBeUndefined());
  test.for([
    [bound, { phase: 'Running' }, undefined, 'True', 'Bound'],
    [{ status: { phase: 'Pending' } }, { phase: 'Pending' }, undefined, 'False', 'Pending'],
    [
      { status: { phase: 'Pending' } },
      { phase: 'Failed', failure: noClass },
      undefined,
      'False',
      'StorageClassMissing',
    ],
    [bound, { phase: 'Failed', failure }, undefined, 'True', 'Bound'],
    [bound, { phase: 'Running' }, { reason: 'HomeCannotGrow', message: 'm' }, 'True', 'HomeCannotGrow'],
  ] as const)('%j %j', ([claim, standing, warning, status, reason]) =>
    expect(volumeReady(observed({ claim, warning }), standing)).toMatchObject({ status, reason }),
  );
});

describe('ImagePulled', () => {
  const pulled = aPod({ container: { imageID: 'sha', state: { waiting: { reason: 'CrashLoopBackOff' } } } });
  test.for([
    [{ phase: 'Starting', pod: aPod({ container: waiting('ContainerCreating') }) }, 'False', 'Pulling'],
    [{ phase: 'Failed', pod: pulled, failure }, 'True', 'Pulled'],
    [{ phase: 'Failed', failure: { reason: 'ImageNotFound', message: 'm' } }, 'False', 'ImageNotFound'],
  ] as const)('%#', ([standing, status, reason]) => expect(imagePulled(standing)).toMatchObject({ status, reason }));
});

describe('Exposed', () => {
  const created = new Date(now.getTime() - 3_600_000);
  const service = { metadata: { creationTimestamp: created }, spec: { type: 'LoadBalancer' } };
  const addressed = { ...service, status: { loadBalancer: { ingress: [{ ip: '10.0.0.9' }] } } };
  const ingress = {
    metadata: { creationTimestamp: created },
    spec: { ingressClassName: 'nginx', tls: [{ secretName: 's' }] },
  };
  const externalURL = 'https://ws.dev.example/';
  test.for([
    ['nothing but the proxy', { service: { spec: { type: 'ClusterIP' } } }, 'True', 'ClusterIP'],
    ['a load balancer', { service: addressed, externalURL: 'http://10.0.0.9:8080/' }, 'True', 'LoadBalancer'],
    ['one without an address', { service }, 'False', 'LoadBalancerPending'],
    ['one that is a second old', { service: { ...service, metadata: { creationTimestamp: now } } }, 'False', 'Pending'],
    [
      'an Ingress without its class',
      { ingress, missing: { ingressClass: 'nginx', tlsSecret: 's' } },
      'False',
      'IngressClassMissing',
    ],
    ['one without its certificate', { ingress, missing: { tlsSecret: 's' } }, 'False', 'TlsSecretPending'],
    ['one that nobody serves', { ingress, missing: {}, externalURL }, 'False', 'IngressNotServed'],
    [
      'one that is served',
      { ingress: { ...ingress, status: { loadBalancer: { ingress: [{ ip: '1' }] } } }, externalURL },
      'True',
      'Ingress',
    ],
  ] as const)('%s', ([, more, status, reason]) => {
    const all = observed({
      service: { spec: { type: 'ClusterIP' } },
      deployment: aDeployment(),
      pods: [aPod({ conditions: { Ready: 'True' } })],
      ...(more as Partial<Observed>),
    });
    const standing = standingOf(all, now);
    expect(standing.phase).toBe('Running');
    expect(exposed(all, standing)).toMatchObject({ status, reason });
    expect(standing.failure?.reason).toBe(status === 'True' || reason === 'Pending' ? undefined : reason);
  });
});
