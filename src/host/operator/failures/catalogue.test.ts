import type { V1ContainerStatus, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { aDeployment, aPod, aWorkspace, aWarning, waiting } from '#test/operator/objects.ts';
import { catalogue, explainFailure } from './catalogue.ts';
import type { Evidence } from './rule.ts';

/** The words are Kubernetes 1.37's, containerd 2.4's and runc 1.1's own, as a real cluster said them. */

const start = new Date('2026-01-01T00:00:00Z');
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);
const later = after(3_600);

type Given = Omit<Evidence, 'workspace'>;

const pull = (message: string, reason = 'ErrImagePull'): Given => ({
  pod: aPod({ container: waiting(reason, message) }),
});
const unresolved = (said: string): string =>
  `Back-off pulling image "x:1": ErrImagePull: failed to pull and unpack image "x:1": failed to resolve image: ${said}`;
const rpc = (said: string): string =>
  `rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/x:1": failed to resolve reference "docker.io/library/x:1": ${said}`;
const container = (status: Partial<V1ContainerStatus>): Given => ({ pod: aPod({ container: status }) });
const crashed = (terminated: object, restartCount = 3): Given =>
  container({
    restartCount,
    started: false,
    state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
    lastState: { terminated: { exitCode: 1, reason: 'Error', ...terminated } },
  });
const startError = (said: string): Given =>
  crashed({
    exitCode: 128,
    reason: 'StartError',
    message: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${said}`,
  });
const unschedulable = (message: string): Given => ({
  pod: aPod({ conditions: { PodScheduled: 'False' }, reason: 'Unschedulable', message, since: start }),
});
const nodes = (said: string): Given =>
  unschedulable(
    `0/1 nodes are available: ${said}. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`,
  );
const refused = (message: string): Given => ({
  deployment: aDeployment({
    conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }],
  }),
});
const claim = (more: Partial<V1PersistentVolumeClaim> = {}): V1PersistentVolumeClaim => ({
  metadata: { uid: 'claim', creationTimestamp: start, ...more.metadata },
  spec: { storageClassName: 'fast', ...more.spec },
  status: { phase: 'Pending', ...more.status },
});
const unbound = '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found';
const creating = aPod({ container: waiting('ContainerCreating') });
const mount = (message: string): Given => ({ pod: creating, events: [aWarning('pod', 'FailedMount', message)] });
const startupProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1, failureThreshold: 2 ** 31 - 1 };
/** What pods had that older versions made. */
const endingProbe = { httpGet: { path: '/', port: 8080 }, periodSeconds: 1, failureThreshold: 600 };
const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 15 };
const runs = { running: { startedAt: start } };
const unopened: Given = {
  pod: aPod({ container: { started: false, state: runs }, probes: { startupProbe, readinessProbe } }),
};
const closedAgain: Given = {
  pod: aPod({ container: { started: true, state: runs }, probes: { startupProbe, readinessProbe } }),
  events: [aWarning('pod', 'Unhealthy', 'Readiness probe failed: dial tcp: connect: connection refused', start)],
};
const answers = (answer: NonNullable<Given['answer']>): Given => ({
  pod: aPod({
    conditions: { Ready: 'True' },
    container: { started: true, ready: true, state: runs },
    probes: { startupProbe, readinessProbe },
  }),
  answer,
});
/** It was ended when ten minutes were over, by its own will or not. */
const endedAfterTenMinutes = (exitCode: number, now: 'waits' | 'runs' = 'waits'): Given => ({
  pod: aPod({
    container: {
      restartCount: 1,
      started: false,
      state: now === 'runs' ? runs : { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode, startedAt: start, finishedAt: after(601) } },
    },
    probes: { startupProbe: endingProbe },
  }),
});
const liveness: Given = {
  ...crashed({ exitCode: 137, startedAt: start, finishedAt: after(90) }),
  events: [aWarning('pod', 'Unhealthy', 'Liveness probe failed: dial tcp: connect: connection refused', after(88))],
};
/** The kubelet has told so much of the pod that the liveness probe's failure is not among it. */
const silenced = (exitCode: number, failedAt: Date): Given => ({
  ...crashed({ exitCode, startedAt: start, finishedAt: after(90) }),
  events: [aWarning('pod', 'Unhealthy', 'Readiness probe failed: dial tcp: i/o timeout', failedAt)],
});
const another = (name: string, status: Partial<V1ContainerStatus>): V1ContainerStatus => ({
  name,
  image: name,
  imageID: name,
  ready: true,
  restartCount: 0,
  ...status,
});
const crashing = (name: string): V1ContainerStatus =>
  another(name, {
    ready: false,
    restartCount: 3,
    state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
    lastState: { terminated: { exitCode: 7, message: 'no certificate\n' } },
  });
/** A pod into which admission has put another container: before ours, behind it, or to be run first. */
function withOther(pod: V1Pod, status: V1ContainerStatus, where: 'before' | 'after' | 'init' = 'after'): V1Pod {
  const spec = pod.spec ?? { containers: [] };
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  const put = <T>(item: T, items: readonly T[]): T[] => (where === 'before' ? [item, ...items] : [...items, item]);
  if (where === 'init') {
    return {
      ...pod,
      spec: { ...spec, initContainers: [{ name: status.name }] },
      status: { ...pod.status, initContainerStatuses: [...initContainerStatuses, status] },
    };
  }
  return {
    ...pod,
    spec: { ...spec, containers: put({ name: status.name }, spec.containers) },
    status: { ...pod.status, containerStatuses: put(status, containerStatuses) },
  };
}
const evicted = aPod({ name: 'old', created: '2025-12-31T00:00:00Z' });
evicted.status = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };

const table: readonly (readonly [reason: string, given: Given, words: RegExp])[] = [
  [
    'QuotaExceeded',
    refused(
      'pods "quota-b75ddb9d4-drrd4" is forbidden: exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0',
    ),
    /another pod: exceeded quota: q, requested: pods=1/,
  ],
  [
    'QuotaWantsResources',
    refused('pods "x" is forbidden: failed quota: q: must specify limits.memory for: workspace'),
    /limits\.memory/,
  ],
  [
    'LimitRangeViolated',
    refused('pods "x" is forbidden: maximum memory usage per Container is 64Mi, but limit is 128Mi'),
    /maximum memory usage per Container is 64Mi/,
  ],
  [
    'PodSecurityDenied',
    refused(
      'pods "priv-74999597cc-xpz4p" is forbidden: violates PodSecurity "restricted:latest": privileged (container "workspace" must not set securityContext.privileged=true)',
    ),
    /privileged/,
  ],
  ['AdmissionDenied', refused('admission webhook "w.example" denied the request: no'), /w\.example/],
  [
    'AdmissionDenied',
    refused(`pods "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: not here`),
    /not here/,
  ],
  [
    'WebhookUnreachable',
    refused(
      'Internal error occurred: failed calling webhook "w.example": failed to call webhook: Post "https://w/": dial tcp: refused',
    ),
    /does not answer/,
  ],
  [
    'ServiceAccountMissing',
    refused('pods "x" is forbidden: error looking up service account dev/absent: serviceaccount "absent" not found'),
    /absent/,
  ],
  ['PodNotCreated', refused('something else'), /something else/],
  ['ControllersSilent', { deployment: { metadata: { creationTimestamp: start } } }, /controller manager/],

  ['VolumeLost', { claim: claim({ status: { phase: 'Lost' }, spec: { volumeName: 'pv' } }) }, /"pv" is gone/],
  [
    'StorageClassMissing',
    {
      ...unschedulable(unbound),
      claim: claim(),
      events: [aWarning('claim', 'ProvisioningFailed', 'storageclass.storage.k8s.io "fast" not found')],
    },
    /no storage class "fast"/,
  ],
  [
    'NoStorageClass',
    { ...unschedulable(unbound), claim: { ...claim(), spec: { storageClassName: '' } } },
    /no default one/,
  ],
  [
    'ProvisioningFailed',
    { claim: claim(), events: [aWarning('claim', 'ProvisioningFailed', 'disk quota of the project is used up')] },
    /of the project/,
  ],
  ['VolumeNotProvisioned', { ...unschedulable(unbound), claim: claim() }, /class "fast"/],
  [
    'VolumeNotProvisioned',
    {
      pod: aPod(),
      claim: claim({
        metadata: {
          uid: 'claim',
          annotations: {
            'volume.kubernetes.io/selected-node': 'n',
            'volume.kubernetes.io/storage-provisioner': 'nobody.example.com',
          },
        },
      }),
    },
    /provisioner "nobody\.example\.com"/,
  ],
  [
    'VolumeInUse',
    mount('Multi-Attach error for volume "pv" Volume is already exclusively attached to one node'),
    /another node/,
  ],
  [
    'MountFailed',
    mount(
      'MountVolume.SetUp failed for volume "v" : hostPath type check failed, /nope/none is not a directory, unable to determine its type: path "/nope/none" does not exist',
    ),
    /\/nope\/none/,
  ],

  [
    'InsufficientCpu',
    nodes('1 Insufficient cpu'),
    /free CPU for the workspace: 0\/1 nodes are available: 1 Insufficient cpu\.$/,
  ],
  ['InsufficientMemory', nodes('1 Insufficient memory'), /free memory/],
  ['InsufficientResources', nodes('1 Too many pods'), /Too many pods/],
  ['InsufficientResources', nodes('1 Insufficient ephemeral-storage'), /ephemeral-storage/],
  ['NodeSelectorUnmatched', nodes("1 node(s) didn't match Pod's node affinity/selector"), /labels/],
  ['TaintNotTolerated', nodes('1 node(s) had untolerated taint(s)'), /taints/],
  ['VolumeOnOtherNode', nodes("1 node(s) didn't match PersistentVolume's node affinity"), /bound to a node or zone/],
  ['NoNodes', unschedulable('no nodes available to schedule pods'), /no node/],
  ['Unschedulable', nodes('1 node(s) had odd socks'), /odd socks/],

  ['WrongArchitecture', pull('no match for platform in manifest: not found'), /another processor/],
  ['WrongArchitecture', startError('exec: "/bin/x": exec format error'), /another processor.* #!\/bin\/sh/],
  ['WrongArchitecture', crashed({ exitCode: 255, message: 'exec /home/x: exec format error\n' }), /another processor/],

  ['ImageNotFound', pull(rpc('docker.io/library/x:1: not found')), /does not exist/],
  ['ImageNotFound', pull(unresolved('not found'), 'ImagePullBackOff'), /does not exist\. \(not found\)/],
  ['ImageNotFound', pull('manifest unknown'), /does not exist/],
  [
    'ImageNotFound',
    pull('Container image "x:9" is not present with pull policy of Never', 'ErrImageNeverPull'),
    /does not exist/,
  ],
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
    'PullSecretMissing',
    {
      ...pull(rpc('pull access denied, repository does not exist or may require authorization')),
      events: [
        aWarning(
          'pod',
          'FailedToRetrieveImagePullSecret',
          'Unable to retrieve some image pull secrets (absent); attempting to pull the image may not succeed.',
        ),
      ],
    },
    /pull secret \(absent\)/,
  ],
  [
    'RegistryUnreachable',
    pull(
      unresolved(
        'failed to do request: Head "https://registry.invalid/v2/x/y/manifests/1": dial tcp: lookup registry.invalid on 10.255.255.53:53: no such host',
      ),
      'ImagePullBackOff',
    ),
    /no such host/,
  ],
  ['RegistryUnreachable', pull(unresolved('dial tcp 127.0.0.1:9: connect: connection refused')), /refused/],
  [
    'RegistryUnreachable',
    pull('tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    /x509/,
  ],
  ['RegistryUnreachable', pull('http: server gave HTTP response to HTTPS client'), /HTTP response/],
  ['ImagePullFailed', pull('the disk is odd'), /the disk is odd/],
  ['ImagePullFailed', pull('Back-off pulling image "x:1"', 'ImagePullBackOff'), /cannot be pulled/],
  [
    'InvalidImageName',
    pull('Failed to apply default image tag "Bad//Name::": couldn\'t parse image name', 'InvalidImageName'),
    /is not an image reference/,
  ],

  [
    'PodNetworkFailed',
    {
      pod: creating,
      events: [
        aWarning(
          'pod',
          'FailedCreatePodSandBox',
          'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "1": plugin type="bridge" failed (add): no space',
        ),
      ],
    },
    /network: .*plugin/,
  ],
  [
    'PodNetworkFailed',
    { pod: creating, events: [aWarning('pod', 'NetworkNotReady', 'network is not ready: cni plugin not initialized')] },
    /network: .*not ready/,
  ],
  [
    'PodSandboxFailed',
    {
      pod: creating,
      events: [
        aWarning(
          'pod',
          'FailedCreatePodSandBox',
          'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "gvisor" is configured',
        ),
      ],
    },
    /prepare .*"gvisor"/,
  ],
  [
    'ImageNeedsRoot',
    container(waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root')),
    /made to run as root/,
  ],
  ['ConfigMissing', container(waiting('CreateContainerConfigError', 'secret "absent" not found')), /"absent"/],
  [
    'ConfigMissing',
    container(waiting('CreateContainerConfigError', "couldn't find key k in Secret dev/half")),
    /key k in Secret/,
  ],
  [
    'WrongCommand',
    container(waiting('RunContainerError', 'exec: "nope": executable file not found in $PATH')),
    /cannot be started/,
  ],
  ['WrongCommand', startError('exec: "nope": executable file not found in $PATH'), /\(exec: "nope"/],
  ['WrongCommand', startError('exec: "/nope": stat /nope: no such file or directory'), /\(exec: "\/nope"/],
  ['WrongCommand', startError('exec: "/etc/passwd": permission denied'), /permission denied/],
  ['StartFailed', container(waiting('CreateContainerError', 'odd')), /cannot be started/],

  ['OutOfMemory', crashed({ reason: 'OOMKilled', exitCode: 137 }), /more memory/],
  ['LivenessKilled', liveness, /stopped answering \(dial tcp: connect: connection refused\)/],
  ['LivenessKilled', silenced(143, after(50)), /stopped answering \(dial tcp: i\/o timeout\)/],
  ['LivenessKilled', silenced(137, after(50)), /stopped answering/],
  ['CrashLoop', silenced(1, after(50)), /exit code 1/],
  ['CrashLoop', silenced(143, after(-50)), /exit code 143/],
  [
    'VolumeFull',
    crashed({ message: "dd: error writing '/small/x': No space left on device\n2+0 records in\n" }),
    /room/,
  ],
  ['ReadOnlyFileSystem', crashed({ message: "/bin/sh: can't create /home/x: Read-only file system\n" }), /read-only/],
  ['ImageNeedsRoot', crashed({ message: "mkdir: can't create directory '/data': Permission denied\n" }), /'\/data'/],
  [
    'HomeNotWritable',
    crashed({ message: "PermissionError: [Errno 13] Permission denied: '/.local'\n" }),
    /'\/\.local'/,
  ],
  ['HomeNotWritable', crashed({ message: "Error: EACCES: permission denied, mkdir '/root/.npm'\n" }), /\/root/],
  ['HomeNotWritable', crashed({ message: "mkdir: can't create directory '//.cache': Permission denied\n" }), /\.cache/],
  ['HomeNotWritable', crashed({ message: 'panic: $HOME is not defined\n' }), /\$HOME/],
  ['ImageNeedsRoot', crashed({ message: "mkdir: can't create directory '/rootfs': Permission denied\n" }), /rootfs/],
  [
    'ImageNeedsRoot',
    crashed({ message: 'nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)\n' }),
    /bind/,
  ],
  ['ImageNeedsRoot', crashed({ message: 'chown: /home: Operation not permitted\n' }), /chown/],
  ['CommandEnds', crashed({ exitCode: 0, reason: 'Completed' }), /exit code 0/],
  ['CommandEnds', container({ restartCount: 4, state: { terminated: { exitCode: 0 } } }), /4 times/],
  ['CrashLoop', crashed({ exitCode: 3, message: 'one\ntwo\n' }), /exit code 3, restarted 3 times\. .*one ⏎ two$/],
  ['CrashLoop', container({ state: { terminated: { exitCode: 1, reason: 'Error' } } }), /exit code 1\.$/],
  [
    'CrashLoop',
    container({
      restartCount: 2,
      started: false,
      state: { running: { startedAt: later } },
      lastState: { terminated: { exitCode: 5 } },
    }),
    /exit code 5/,
  ],

  ['PortNotOpen', unopened, /on port 8080\.$/],
  ['PortNotOpen', closedAgain, /on port 8080 any more\.$/],
  ['PortNotOpen', endedAfterTenMinutes(137), /8080/],
  ['PortNotOpen', endedAfterTenMinutes(0), /8080/],
  ['PortNotOpen', endedAfterTenMinutes(0, 'runs'), /8080/],
  ['PodAddressOnly', answers({ is: 'refused' }), /port 8080 of the pod's own address alone/],
  ['SpeaksTls', answers({ is: 'other-scheme', speaks: 'https' }), /speaks HTTPS on port 8080/],
  ['SpeaksNoTls', answers({ is: 'other-scheme', speaks: 'http' }), /speaks plain HTTP on port 8080/],
  ['AnswersServerError', answers({ is: 'status', status: 503 }), /GET \/ on port 8080 .*503/],
  ['AnswersTooLate', answers({ is: 'late' }), /in time/],
  ['DoesNotSpeakHttp', answers({ is: 'foreign', said: 'Parse Error' }), /does not speak HTTP \(Parse Error\)/],

  [
    'OtherContainerFails',
    { pod: withOther(aPod({ container: { started: true, ready: true, state: runs } }), crashing('mesh')) },
    /"mesh", which the cluster has put .* ends with exit code 7\. Its last lines: no certificate/,
  ],
  [
    'OtherContainerFails',
    { pod: withOther(aPod({ container: waiting('PodInitializing') }), crashing('setup'), 'init') },
    /"setup"/,
  ],
  [
    'OtherContainerFails',
    {
      pod: withOther(
        aPod({ container: { started: true, ready: true, state: runs } }),
        another('mesh', { state: { waiting: { reason: 'ErrImagePull', message: 'not found' } } }),
      ),
    },
    /"mesh".* does not start: ErrImagePull \(not found\)/,
  ],
  [
    'OtherContainerAwaited',
    {
      pod: withOther(
        aPod({ container: { started: true, ready: true, state: runs } }),
        another('mesh', { state: runs, ready: false }),
      ),
    },
    /"mesh".* runs and is not ready/,
  ],
  [
    'OtherContainerAwaited',
    {
      pod: withOther(
        aPod({ container: waiting('PodInitializing') }),
        another('setup', { state: runs, ready: false }),
        'init',
      ),
    },
    /"setup".* has not come to its end/,
  ],

  [
    'NodeLost',
    {
      pod: aPod({ conditions: { Ready: 'False' }, since: start, container: { state: { running: {} } } }),
      events: [aWarning('pod', 'NodeNotReady', 'Node is not ready', start)],
    },
    /node1/,
  ],
  ['Evicted', { pod: evicted }, /low on resource/],
  ['Evicted', { pod: aPod({ conditions: { PodScheduled: 'True' } }), formerPods: [evicted] }, /low on resource/],
  [
    'NoProgress',
    {
      deployment: aDeployment({
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: 'ReplicaSet "x" has timed out progressing.',
          },
        ],
      }),
    },
    /timed out/,
  ],
];

describe('the catalogue of failures', () => {
  test.for(table)('%s: %j', ([reason, given, words]) => {
    const { failure } = explainFailure({ workspace: aWorkspace(), ...given }, later);
    expect(failure).toMatchObject({ reason, message: expect.stringMatching(words) as string });
    expect(failure?.remedy).toBeTruthy();
  });

  test('has every one of its reasons in the table', () => {
    const shown = new Set(table.map(([reason]) => reason));
    expect(catalogue.map(({ reason }) => reason).filter((reason) => !shown.has(reason))).toEqual([]);
  });

  test.for([
    ['no pod yet', { deployment: aDeployment() }],
    [
      'a pod that waits for the scheduler',
      { pod: aPod({ conditions: { PodScheduled: 'False' }, reason: 'SchedulingGated' }) },
    ],
    ['an image that is being pulled', { pod: creating }],
    ['a program that runs and is not ready', container({ started: false, state: { running: {} } })],
    [
      'one that has started again after a crash',
      container({
        started: true,
        state: { running: {} },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
        restartCount: 1,
      }),
    ],
    ['a home that waits for its pod to have a node', { claim: claim(), pod: aPod() }],
    [
      'a sidecar that has done its work before',
      {
        pod: {
          ...aPod(),
          status: {
            initContainerStatuses: [
              {
                name: 'i',
                image: 'i',
                imageID: 'x',
                ready: true,
                restartCount: 0,
                state: { terminated: { exitCode: 0 } },
              },
            ],
          },
        },
      },
    ],
  ] as const)('finds nothing wrong with %s', ([, given]) =>
    expect(explainFailure({ workspace: aWorkspace(), ...(given as Given) }, later)).toEqual({ failed: false }),
  );

  test('an older kubelet’s back-off keeps what the last try said', () => {
    const lastError = { reason: 'ImageNotFound', message: 'gone', remedy: 'x' };
    const given = pull('Back-off pulling image "x:1"', 'ImagePullBackOff');
    const workspace = { ...aWorkspace(), status: { lastError, observedGeneration: 1 } };
    expect(explainFailure({ workspace, ...given }, later).failure).toEqual(lastError);
    const edited = { ...workspace, status: { lastError, observedGeneration: 0 } };
    expect(explainFailure({ workspace: edited, ...given }, later).failure?.reason).toBe('ImagePullFailed');
  });

  test('says the memory limit that was hit', () => {
    const workspace = aWorkspace({ resources: { limits: { memory: '64Mi' } } });
    expect(explainFailure({ workspace, ...crashed({ reason: 'OOMKilled' }) }, later).failure?.message).toContain(
      '64Mi',
    );
  });

  test('says the same words for every pod that is refused and every try that fails', () => {
    const words = (given: Given): string | undefined =>
      explainFailure({ workspace: aWorkspace(), ...given }, later).failure?.message;
    const quota = (pod: string): Given => refused(`pods "${pod}" is forbidden: exceeded quota: q`);
    expect(words(quota('ws-1'))).toBe(words(quota('ws-2')));
    const said = 'failed to resolve image: dial tcp: no such host';
    expect(words(pull(said))).toBe(
      words(pull(`Back-off pulling image "x:1": ErrImagePull: ${said}`, 'ImagePullBackOff')),
    );
    expect(words(crashed({}, 7))).toBe(words(crashed({}, 8)));
  });

  test('has reasons in the form that conditions want', () => {
    for (const { reason } of catalogue) expect(reason).toMatch(/^[A-Z][A-Za-z]+$/);
  });
});

/** What else may be in a pod or have happened to it, and changes nothing of the reason. */
const surroundings: readonly (readonly [what: string, change: (given: Given) => Given])[] = [
  [
    'a sidecar before ours',
    (given) => inPod(given, (pod) => withOther(pod, another('mesh', { state: runs }), 'before')),
  ],
  ['a sidecar behind ours', (given) => inPod(given, (pod) => withOther(pod, another('mesh', { state: runs })))],
  ['a sidecar before ours that crashes', (given) => inPod(given, (pod) => withOther(pod, crashing('mesh'), 'before'))],
  [
    'an init container that has done its work',
    (given) =>
      inPod(given, (pod) => withOther(pod, another('setup', { state: { terminated: { exitCode: 0 } } }), 'init')),
  ],
  ['a pod before that was evicted', (given) => ({ ...given, formerPods: [...(given.formerPods ?? []), evicted] })],
  [
    'a Deployment that Kubernetes has given up on',
    ({ deployment, ...given }) => ({
      ...given,
      deployment: {
        ...deployment,
        status: {
          observedGeneration: 1,
          ...deployment?.status,
          conditions: [...(deployment?.status?.conditions ?? []), overdue],
        },
      },
    }),
  ],
];
const overdue = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' };

function inPod(given: Given, change: (pod: V1Pod) => V1Pod): Given {
  return given.pod === undefined ? given : { ...given, pod: change(given.pod) };
}

describe('a reason stays true', () => {
  const reasonAt = (given: Given, now: Date): string | undefined =>
    explainFailure({ workspace: aWorkspace(), ...given }, now).failure?.reason;
  // What is said when nobody has looked at the Deployment, and what is about other containers, is about just that.
  const own = table.filter(
    ([reason]) => !['ControllersSilent', 'NoProgress'].includes(reason) && !reason.startsWith('Other'),
  );

  describe.each(surroundings)('with %s', (what, change) => {
    // A pod that was evicted before is not what keeps the present one.
    const fitting = what.includes('crashes') ? own.filter(([reason]) => reason !== 'Evicted') : own;
    test.for(fitting)('%s: %j', ([reason, given]) => expect(reasonAt(change(given), later)).toBe(reason));
  });

  test.for(table)('after twelve minutes and after an hour, %s: %j', ([reason, given]) => {
    expect(reasonAt(given, after(12 * 60))).toBe(reason);
    expect(reasonAt(given, later)).toBe(reason);
  });

  test.for([
    ['PortNotOpen', unopened],
    ['AnswersServerError', answers({ is: 'status', status: 500 })],
    ['SpeaksTls', answers({ is: 'other-scheme', speaks: 'https' })],
  ] as const)('%s, on top of a crash that is over', ([reason, given]) => {
    const crash = { terminated: { exitCode: 3, startedAt: after(-60), finishedAt: after(-30) } };
    const crashedBefore = (pod: V1Pod): V1Pod => ({
      ...pod,
      status: {
        ...pod.status,
        containerStatuses: (pod.status?.containerStatuses ?? []).map((one) => ({
          ...one,
          restartCount: 1,
          lastState: crash,
        })),
      },
    });
    expect(reasonAt(inPod(given, crashedBefore), later)).toBe(reason);
  });

  test('a crash on top of a port that did not open', () =>
    expect(reasonAt(crashed({ exitCode: 3, startedAt: start, finishedAt: after(90) }), later)).toBe('CrashLoop'));
});

describe('patience', () => {
  const at = (given: Given, seconds: number, probes?: 'slow') =>
    explainFailure({ workspace: aWorkspace(probes === undefined ? {} : { probes }), ...given }, after(seconds));
  const closed = unopened;

  test('says nothing about the first seconds of a start, and names the time when it will', () => {
    expect(at(closed, 3)).toEqual({ failed: false, reviewAt: after(10).getTime() });
    expect(at(closed, 30, 'slow')).toEqual({ failed: false, reviewAt: after(60).getTime() });
  });
  test('then says why, and calls it a failure only after a while', () => {
    expect(at(closed, 10)).toMatchObject({
      failed: false,
      failure: { reason: 'PortNotOpen' },
      reviewAt: after(120).getTime(),
    });
    const over = at(closed, 120);
    expect(over).toMatchObject({ failed: true, failure: { reason: 'PortNotOpen' } });
    expect(over.reviewAt).toBeUndefined();
  });
  test('tells at once why there is no node, while one may be on its way', () => {
    expect(at(nodes('1 Insufficient cpu'), 0)).toMatchObject({ failed: false, failure: { reason: 'InsufficientCpu' } });
    expect(at(nodes('1 Insufficient cpu'), 15).failed).toBe(true);
  });
  test.for([
    ['the first crash', container({ state: { terminated: { exitCode: 1 } } }), false],
    ['the first crash after its restart', crashedAgain(1), false],
    ['the second', crashedAgain(2), true],
    ['a back-off', crashed({}, 1), true],
    ['the first eviction', { pod: aPod(), formerPods: [evicted] }, false],
    ['the second eviction', { pod: aPod(), formerPods: [evicted, evicted] }, true],
  ] as const)('%s', ([, given, failed]) => expect(at(given as Given, 3_600).failed).toBe(failed));

  function crashedAgain(restartCount: number): Given {
    return container({
      restartCount,
      started: false,
      state: { running: { startedAt: later } },
      lastState: { terminated: { exitCode: 1 } },
    });
  }
});
