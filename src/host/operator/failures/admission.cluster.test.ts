import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labels } from '#contract/workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { mutatePods } from '#test/failures/mutate-pods.ts';
import { provoke } from '#test/failures/provoke.ts';
import type { Provocation } from '#test/failures/provoke.ts';

/** The API server does not let the pod in. All of it happens in one namespace; each workspace meets one obstacle. */

const disk = (amount: string) => ({ limits: { cpu: '10m', 'ephemeral-storage': amount } });
const cases = [
  ['quota', 'QuotaExceeded', { resources: disk('2Gi') }, /exceeded quota: disk/, /quota raised/],
  ['unsaid', 'QuotaWantsResources', {}, /must specify limits\.cpu/, /spec\.resources/],
  [
    'range',
    'LimitRangeViolated',
    { resources: { limits: { cpu: '10m', memory: '2Gi' } } },
    /maximum memory usage per Container is 1Gi/,
    /within the range/,
  ],
  ['denied', 'AdmissionDenied', { resources: disk('1Mi') }, /not in this house/, /administrator/],
  ['hooked', 'WebhookUnreachable', { resources: disk('1Mi') }, /failed calling webhook/, /webhook/],
  ['insecure', 'PodSecurityDenied', { resources: disk('1Mi') }, /violates PodSecurity "restricted/, /mutating/],
  ['invalid', 'PodNotCreated', { resources: disk('1Mi') }, /spec\.hostname: Invalid value/, /administrator/],
  [
    'account',
    'ServiceAccountMissing',
    { resources: disk('1Mi'), serviceAccountName: 'not-there' },
    /not-there/,
    /service account/,
  ],
] as const;

describe.concurrent('refusals of the API server, really caused', () => {
  let provoked: Provocation;
  const removePods = async (workspace: string): Promise<false> => {
    const { core, name: namespace } = provoked.namespace;
    const labelSelector = `${labels.id}=${workspace}`;
    const isThere = provoked.operator.world.pods
      .list()
      .some(({ metadata }) => metadata?.labels?.[labels.id] === workspace);
    if (isThere) await core.deleteCollectionNamespacedPod({ namespace, labelSelector, gracePeriodSeconds: 0 });
    return false;
  };
  beforeAll(async () => {
    provoked = await provoke();
    // First, while the namespace takes any other pod.
    await mutatePods(provoked, 'insecure', 'Object.spec{hostPID: true}');
    await mutatePods(provoked, 'invalid', 'Object.spec{hostname: "Not_A_Name"}');
    const namespace = provoked.namespace.name;
    const registration = 'admissionregistration.k8s.io/v1';
    const here = { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
    const podsOf = (workspace: string) => ({
      namespaceSelector: here,
      objectSelector: { matchLabels: { [labels.id]: workspace } },
    });
    const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
    const name = (what: string): string => `${namespace}-${what}`;
    await provoked.namespace.core.patchNamespace({
      name: namespace,
      body: [{ op: 'add', path: '/metadata/labels/pod-security.kubernetes.io~1enforce', value: 'restricted' }],
    });
    for (const object of [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'disk', namespace },
        spec: { hard: { 'limits.cpu': '1', 'limits.ephemeral-storage': '1Gi' } },
      },
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'range', namespace },
        spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] },
      },
      {
        apiVersion: registration,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: name('denied') },
        spec: {
          matchConstraints: { ...podsOf('denied'), resourceRules: rules },
          validations: [{ expression: 'false', message: 'not in this house' }],
        },
      },
      {
        apiVersion: registration,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: name('denied') },
        spec: { policyName: name('denied'), validationActions: ['Deny'] },
      },
      {
        apiVersion: registration,
        kind: 'ValidatingWebhookConfiguration',
        metadata: { name: name('hooked') },
        webhooks: [
          {
            name: 'nobody.example.com',
            ...podsOf('hooked'),
            rules,
            clientConfig: { url: 'https://127.0.0.1:9/' },
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
            failurePolicy: 'Fail',
            timeoutSeconds: 1,
          },
        ],
      },
    ])
      await provoked.create(object);
    await Promise.all(cases.map(([workspace, , spec]) => provoked.launch(workspace, { ...spec, running: false })));
  });
  afterAll(() => provoked[Symbol.asyncDispose]());

  test.for(cases)('%s: %s', async ([workspace, reason, , message, remedy]) => {
    await provoked.operator.patch(workspace, { running: true });
    // Policies and quotas take a moment to be known to the API server: a pod that came in before that is made anew.
    await waitUntil(async () => provoked.status(workspace)?.lastError?.reason === reason || removePods(workspace), {
      what: `${workspace} to be refused`,
      timeoutMs: 60_000,
      intervalMs: 500,
      explain: () => JSON.stringify(provoked.status(workspace)),
    });
    const { failure, status } = await provoked.failure(workspace, reason);
    expect(failure.message).toMatch(message);
    expect(failure.remedy).toMatch(remedy);
    expect(status.phase).toBe('Failed');
  });
});
