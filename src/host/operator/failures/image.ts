import type { Failure } from '#contract/workspace.ts';
import { rule, waitingFor } from './rule.ts';
import type { Evidence, Explanation } from './rule.ts';

const pulling = [
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
];
const imageReasons = new Set([
  'ImageNotFound',
  'ImagePullDenied',
  'RegistryUnreachable',
  'WrongArchitecture',
  'ImagePullFailed',
]);

interface Pull {
  image: string;
  said: string;
}

function pullFailure(pattern: RegExp): (evidence: Evidence) => Pull | undefined {
  return ({ pod, workspace }) => {
    const waiting = waitingFor(pod, pulling);
    if (waiting === undefined || !pattern.test(waiting.message)) return undefined;
    return { image: workspace.spec.image, said: shortened(waiting.message) };
  };
}

/** Older kubelets say only "Back-off pulling image" between two tries: what the last try said still holds. */
const stillFailing: Explanation = {
  reason: 'ImagePullFailed',
  explain: ({ pod, workspace }): Failure | undefined => {
    const waiting = waitingFor(pod, ['ImagePullBackOff']);
    const last = workspace.status?.lastError;
    if (waiting === undefined || last === undefined || !imageReasons.has(last.reason)) return undefined;
    const current = workspace.status?.observedGeneration === workspace.metadata.generation;
    return current && /^Back-off pulling image "[^"]*"$/.test(waiting.message) ? last : undefined;
  },
};

export const imageFailures: readonly Explanation[] = [
  stillFailing,
  rule({
    reason: 'InvalidImageName',
    recognise: ({ pod, workspace }) =>
      waitingFor(pod, ['InvalidImageName']) === undefined ? undefined : workspace.spec.image,
    message: (image) => `"${image}" is not an image reference.`,
    remedy: 'Launch with an image such as "ghcr.io/owner/image:1.2".',
  }),
  rule({
    reason: 'WrongArchitecture',
    recognise: pullFailure(/no match for platform|no matching manifest|does not match the specified platform/i),
    message: ({ image }) => `The image "${image}" exists, but not for the processor of this cluster's nodes.`,
    remedy: 'Use an image that is built for the nodes’ architecture, or choose another node with spec.nodeSelector.',
  }),
  rule({
    reason: 'ImagePullDenied',
    recognise: pullFailure(
      /denied|unauthorized|authorization failed|authentication required|\b40[13]\b|insufficient_scope|no basic auth/i,
    ),
    message: ({ image, said }) =>
      `The registry does not hand out the image "${image}": it does not exist or needs a login. (${said})`,
    remedy: 'Check the name; for a private image name a pull secret (spec.imagePullSecrets or K8S_IMAGE_PULL_SECRET).',
  }),
  rule({
    reason: 'ImageNotFound',
    recognise: pullFailure(/not found|manifest unknown|name unknown|does not exist|NotFound|ErrImageNeverPull/i),
    message: ({ image, said }) => `The image "${image}" does not exist. (${said})`,
    remedy: 'Check its name and tag.',
  }),
  rule({
    reason: 'RegistryUnreachable',
    recognise: pullFailure(
      /no such host|connection refused|i\/o timeout|timeout|TLS|x509|no route to host|network is unreachable|lookup |EOF|\b50[0-9]\b|connection reset/i,
    ),
    message: ({ image, said }) => `The registry of "${image}" cannot be reached from the cluster's node. (${said})`,
    remedy: 'Check the registry’s name, and that the nodes have a way to it; it is tried again by itself.',
  }),
  rule({
    reason: 'ImagePullFailed',
    recognise: pullFailure(/(?:)/),
    message: ({ image, said }) => `The image "${image}" cannot be pulled${said === '' ? '' : `: ${said}`}.`,
    remedy: 'Check the image’s name and the registry; it is tried again by itself.',
  }),
];

/** The kubelet wraps the registry's words in its own several times over; the last part is what happened. */
function shortened(message: string): string {
  const text = message.replace(/^Back-off pulling image "[^"]*": /, '').replace(/^ErrImagePull: /, '');
  const core = text
    .replace(/^rpc error: code = \w+ desc = /, '')
    .replace(/^failed to pull and unpack image "[^"]*": /, '')
    .replace(/^failed to resolve (?:reference|image) "?[^"\s]*"?: /, '');
  return core.length > 300 ? `${core.slice(0, 299)}…` : core;
}
