import type { V1Deployment } from '@kubernetes/client-node';
import { rule } from './rule.ts';
import type { Explanation } from './rule.ts';

/** What the API server said when the Deployment's pod could not even be created. */
function refused(deployment: V1Deployment | undefined): string | undefined {
  const condition = deployment?.status?.conditions?.find(
    (one) => one.type === 'ReplicaFailure' && one.status === 'True',
  );
  return condition === undefined ? undefined : (condition.message ?? 'no reason was given');
}

const matching =
  (pattern: RegExp) =>
  ({ deployment }: { deployment?: V1Deployment | undefined }) => {
    const text = refused(deployment);
    return text !== undefined && pattern.test(text) ? text : undefined;
  };

export const workloadFailures: readonly Explanation[] = [
  rule({
    reason: 'QuotaExceeded',
    recognise: matching(/exceeded quota|failed quota/),
    message: (text) => `The namespace's quota does not allow another pod: ${text}`,
    remedy: (text) =>
      /must specify/.test(text)
        ? 'The quota wants spec.resources to be set: give requests and limits.'
        : 'Stop or delete workspaces, ask for less in spec.resources, or have the quota raised.',
  }),
  rule({
    reason: 'PodSecurityDenied',
    recognise: matching(/violates PodSecurity/),
    message: (text) => `The namespace's Pod Security level does not allow the pod: ${text}`,
    remedy: 'Use a namespace whose level is `restricted` or less strict.',
  }),
  rule({
    reason: 'AdmissionDenied',
    recognise: matching(/admission webhook|denied the request|ValidatingAdmissionPolicy/),
    message: (text) => `The cluster's admission control denies the pod: ${text}`,
    remedy: 'Change what it objects to, or ask the cluster’s administrator.',
  }),
  rule({
    reason: 'PodNotCreated',
    recognise: matching(/(?:)/),
    message: (text) => `The cluster refuses to create the pod: ${text}`,
    remedy: 'Change what it objects to, or ask the cluster’s administrator.',
  }),
];
