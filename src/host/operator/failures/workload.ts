import type { V1Deployment } from '@kubernetes/client-node';
import { patienceFrom, rule } from './rule.ts';
import type { Evidence, Explanation } from './rule.ts';
import { refusalWords } from './said.ts';

/** What the API server said when the Deployment's pod could not even be created. */
function refused(deployment: V1Deployment | undefined): string | undefined {
  const condition = deployment?.status?.conditions?.find(
    (one) => one.type === 'ReplicaFailure' && one.status === 'True',
  );
  return condition === undefined ? undefined : refusalWords(condition.message ?? 'no reason was given');
}

const matching =
  (pattern: RegExp) =>
  ({ deployment, pod }: Evidence): string | undefined => {
    // The condition outlives the pod's success by a moment.
    const text = pod === undefined ? refused(deployment) : undefined;
    return text !== undefined && pattern.test(text) ? text : undefined;
  };

/** The pod is not created: the API server refuses it, or nobody tries. */
export const workloadFailures: readonly Explanation[] = [
  rule({
    reason: 'QuotaWantsResources',
    means: 'The namespace has a quota that counts CPU or memory, and the workspace does not say how much it wants.',
    recognise: matching(/failed quota: .*must specify/s),
    message: (text) => `The namespace's quota wants every pod to say what it needs: ${text}`,
    remedy: 'Set the requests and limits that it names in spec.resources.',
  }),
  rule({
    reason: 'QuotaExceeded',
    means: 'The namespace’s ResourceQuota does not allow another pod, or not one of this size.',
    recognise: matching(/exceeded quota|failed quota/),
    message: (text) => `The namespace's quota does not allow another pod: ${text}`,
    remedy: 'Stop or delete workspaces, ask for less in spec.resources, or have the quota raised.',
  }),
  rule({
    reason: 'LimitRangeViolated',
    means: 'The namespace’s LimitRange does not allow a container of the size that the workspace asks for.',
    recognise: matching(
      /(?:maximum|minimum) \S+ usage per \w+ is|max limit to request ratio|request is .* but limit is|must be less than or equal to \S+ limit/,
    ),
    message: (text) => `The namespace's LimitRange does not allow a pod of this size: ${text}`,
    remedy: 'Set spec.resources to amounts within the range that it names.',
  }),
  rule({
    reason: 'PodSecurityDenied',
    means: 'The namespace’s Pod Security level forbids something that was added to the workspace’s pod.',
    recognise: matching(/violates PodSecurity/),
    message: (text) => `The namespace's Pod Security level does not allow the pod: ${text}`,
    remedy:
      'What we make fits the level `restricted`: look for what adds the named fields to pods (a mutating webhook), or relax the level.',
  }),
  rule({
    reason: 'WebhookUnreachable',
    means: 'An admission webhook of the cluster does not answer, and without its answer no pod is let in.',
    recognise: matching(/failed calling webhook/),
    message: (text) => `The cluster asks an admission webhook that does not answer: ${text}`,
    remedy: 'Have the cluster’s administrator repair or remove the webhook; it is tried again by itself.',
  }),
  rule({
    reason: 'AdmissionDenied',
    means: 'An admission webhook or a ValidatingAdmissionPolicy of the cluster does not want the pod.',
    recognise: matching(/admission webhook|denied the request|ValidatingAdmissionPolicy|denied request/),
    message: (text) => `The cluster's admission control denies the pod: ${text}`,
    remedy: 'Change what it objects to, or ask the cluster’s administrator.',
  }),
  rule({
    reason: 'ServiceAccountMissing',
    means: 'The service account that the workspace shall run as does not exist in the namespace.',
    recognise: matching(/error looking up service account|service account .* not found|serviceaccount .* not found/i),
    message: (text) => `The workspace's service account does not exist: ${text}`,
    remedy: 'Create the service account that spec.serviceAccountName names, or leave the field out.',
  }),
  rule({
    reason: 'PodNotCreated',
    means: 'The API server refuses the pod for a reason that GuildNet does not know.',
    recognise: matching(/(?:)/),
    message: (text) => `The cluster refuses to create the pod: ${text}`,
    remedy: 'Change what it objects to, or ask the cluster’s administrator.',
  }),
  rule({
    reason: 'ControllersSilent',
    means: 'Nobody in the cluster turns the Deployment into a pod: its controller manager is down or far behind.',
    recognise: ({ deployment, pod }) => {
      if (pod !== undefined || deployment?.metadata === undefined) return undefined;
      return deployment.status?.observedGeneration === undefined ? deployment.metadata.creationTimestamp : undefined;
    },
    message: () => "The cluster's controller manager has not looked at the workspace's Deployment.",
    remedy: 'Have the cluster’s administrator look at kube-controller-manager; nothing has to be done here after that.',
    patience: (created) => patienceFrom(created, { tellMs: 10_000, failMs: 30_000 }),
  }),
];

/** The last resort: the cluster has given up on the Deployment, and nothing else says why. */
export const progressFailures: readonly Explanation[] = [
  rule({
    reason: 'NoProgress',
    means: 'The workspace’s pod has not become ready for ten minutes, and nothing in the cluster says why.',
    recognise: ({ deployment }) =>
      deployment?.status?.conditions?.find((one) => one.type === 'Progressing' && one.status === 'False'),
    message: (condition) =>
      `The workspace does not come up: ${condition.message ?? condition.reason ?? 'no reason given'}`,
    remedy: 'Look at it and its events: guildnet describe <id>.',
  }),
];
