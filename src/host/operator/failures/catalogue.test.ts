import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { aDeployment, aPod, aWorkspace, waiting } from '../test-objects.ts';
import { catalogue, explainFailure } from './catalogue.ts';
import { writeFailure } from './own-writes.ts';

const pull = (message: string, reason = 'ErrImagePull') => ({ pod: aPod({ container: waiting(reason, message) }) });
const rpc = (said: string): string =>
  `rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/x:1": failed to resolve reference "docker.io/library/x:1": ${said}`;
const crashed = (terminated: object, restartCount = 3) => ({
  pod: aPod({
    container: {
      restartCount,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
      lastState: { terminated: { exitCode: 1, ...terminated } },
    },
  }),
});
const unschedulable = (message: string) => ({
  pod: aPod({ conditions: { PodScheduled: 'False' }, reason: 'Unschedulable', message }),
});
const refused = (message: string) => ({
  deployment: aDeployment({
    conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }],
  }),
});

describe('the catalogue of failures', () => {
  test.for([
    ['ImageNotFound', pull(rpc('docker.io/library/x:1: not found')), /does not exist/],
    [
      'ImageNotFound',
      pull(`Back-off pulling image "x:1": ErrImagePull: ${rpc('not found')}`, 'ImagePullBackOff'),
      /does not exist/,
    ],
    ['ImageNotFound', pull('manifest unknown'), /does not exist/],
    [
      'ImagePullDenied',
      pull(
        rpc(
          'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
        ),
      ),
      /needs a login/,
    ],
    ['ImagePullDenied', pull('unexpected status: 401 Unauthorized'), /needs a login/],
    [
      'RegistryUnreachable',
      pull(
        'failed to do request: Head "https://registry.invalid/v2/": dial tcp: lookup registry.invalid: no such host',
      ),
      /cannot be reached/,
    ],
    ['RegistryUnreachable', pull('dial tcp 10.0.0.1:443: connect: connection refused'), /cannot be reached/],
    [
      'RegistryUnreachable',
      pull('tls: failed to verify certificate: x509: certificate signed by unknown authority'),
      /cannot be reached/,
    ],
    ['WrongArchitecture', pull('no match for platform in manifest: not found'), /not for the processor/],
    ['ImagePullFailed', pull('the disk is odd'), /the disk is odd/],
    ['ImagePullFailed', pull('Back-off pulling image "x:1"', 'ImagePullBackOff'), /cannot be pulled/],
    ['InvalidImageName', pull('couldn’t parse', 'InvalidImageName'), /is not an image reference/],
    ['Unschedulable', unschedulable('0/1 nodes are available: 1 Insufficient memory.'), /Insufficient memory/],
    [
      'Unschedulable',
      unschedulable('0/1 nodes are available: 1 node(s) had untolerated taint {a: b}.'),
      /untolerated taint/,
    ],
    [
      'ImageNeedsRoot',
      {
        pod: aPod({
          container: waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root'),
        }),
      },
      /made to run as root/,
    ],
    [
      'ConfigMissing',
      { pod: aPod({ container: waiting('CreateContainerConfigError', 'secret "s" not found') }) },
      /secret "s" not found/,
    ],
    [
      'WrongCommand',
      { pod: aPod({ container: waiting('RunContainerError', 'exec: "nope": executable file not found in $PATH') }) },
      /cannot be started/,
    ],
    [
      'WrongCommand',
      crashed({ reason: 'StartError', exitCode: 128, message: 'exec: "nope": executable file not found in $PATH' }),
      /cannot be started/,
    ],
    [
      'WrongArchitecture',
      crashed({ reason: 'StartError', exitCode: 128, message: 'exec /bin/x: exec format error' }),
      /another processor/,
    ],
    ['StartFailed', { pod: aPod({ container: waiting('CreateContainerError', 'odd') }) }, /cannot be started/],
    ['OutOfMemory', crashed({ reason: 'OOMKilled', exitCode: 137 }), /more memory/],
    ['CrashLoop', crashed({ reason: 'Error', exitCode: 3 }), /exit code 3.*3 times restarted/],
    ['CrashLoop', crashed({ reason: 'Completed', exitCode: 0 }), /exit code 0/],
    [
      'CrashLoop',
      { pod: aPod({ container: { state: { terminated: { exitCode: 1, reason: 'Error' } } } }) },
      /exit code 1/,
    ],
    [
      'Evicted',
      {
        pod: {
          ...aPod(),
          status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
        },
      },
      /low on resource/,
    ],
    ['QuotaExceeded', refused('pods "ws-1" is forbidden: exceeded quota: q, requested: pods=1'), /quota/],
    [
      'PodSecurityDenied',
      refused('pods "ws-1" is forbidden: violates PodSecurity "restricted:latest": x'),
      /Pod Security/,
    ],
    ['AdmissionDenied', refused('admission webhook "w" denied the request: no'), /admission control/],
    ['PodNotCreated', refused('something else'), /something else/],
  ] as const)('%s: %j', ([reason, evidence, words]) => {
    const failure = explainFailure({ workspace: aWorkspace(), ...evidence });
    expect(failure).toMatchObject({ reason, message: expect.stringMatching(words) as string });
    expect(failure?.remedy).toBeTruthy();
  });

  test.for([
    ['no pod yet', {}],
    [
      'a pod that waits for the scheduler',
      { pod: aPod({ conditions: { PodScheduled: 'False' }, reason: 'SchedulingGated' }) },
    ],
    ['an image that is being pulled', { pod: aPod({ container: waiting('ContainerCreating') }) }],
    ['a program that runs and is not ready', { pod: aPod({ container: { state: { running: {} } } }) }],
    [
      'one that runs again after a crash',
      {
        pod: aPod({
          container: {
            state: { running: {} },
            lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
            restartCount: 1,
          },
        }),
      },
    ],
  ] as const)('finds nothing wrong with %s', ([, evidence]) =>
    expect(explainFailure({ workspace: aWorkspace(), ...evidence })).toBeUndefined(),
  );

  test('an older kubelet’s back-off keeps what the last try said', () => {
    const lastError = { reason: 'ImageNotFound', message: 'gone', remedy: 'x' };
    const evidence = pull('Back-off pulling image "x:1"', 'ImagePullBackOff');
    const workspace = { ...aWorkspace(), status: { lastError, observedGeneration: 1 } };
    expect(explainFailure({ workspace, ...evidence })).toEqual(lastError);
    expect(
      explainFailure({ workspace: { ...workspace, status: { lastError, observedGeneration: 0 } }, ...evidence })
        ?.reason,
    ).toBe('ImagePullFailed');
  });

  test('says the memory limit that was hit', () => {
    const workspace = aWorkspace({ resources: { limits: { memory: '64Mi' } } });
    expect(explainFailure({ workspace, ...crashed({ reason: 'OOMKilled' }) })?.message).toContain('64Mi');
  });

  test('has reasons in the form that conditions want', () => {
    for (const { reason } of catalogue) expect(reason).toMatch(/^[A-Z][A-Za-z]+$/);
  });
});

describe('our own refused writes', () => {
  test.for([
    ['quota_exceeded', 'QuotaExceeded'],
    ['forbidden', 'Forbidden'],
    ['invalid_spec', 'InvalidSpec'],
    ['not_found', 'NamespaceMissing'],
    ['bad_body', 'WriteRefused'],
  ] as const)('%s → %s', ([code, reason]) =>
    expect(writeFailure(new GuildNetError(code, 'm', { remedy: 'r' }))).toEqual({ reason, message: 'm', remedy: 'r' }),
  );

  test.for(['cluster_offline', 'cluster_unauthorized', 'conflict', 'timeout', 'internal'] as const)(
    '%s is passing',
    (code) => expect(writeFailure(new GuildNetError(code, 'm'))).toBeUndefined(),
  );
});
