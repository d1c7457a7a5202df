import type { Failure } from '#contract/workspace.ts';
import { waitingFor } from './pod-state.ts';
import { rule } from './rule.ts';
import type { Evidence, Explanation } from './rule.ts';
import { inBrackets, registryWords } from './said.ts';
import { warningAbout } from './warnings.ts';

const pulling = [
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
];

interface Pull {
  image: string;
  said: string;
}

/** What the registry said about the pull that does not succeed. Older kubelets say nothing between two tries. */
export function pullFailure(pattern: RegExp): (evidence: Evidence) => Pull | undefined {
  return ({ pod, workspace }) => {
    const waiting = waitingFor(pod, pulling);
    if (waiting === undefined || !pattern.test(waiting.message)) return undefined;
    return { image: workspace.spec.image, said: registryWords(waiting.message) };
  };
}

const denied =
  /denied|unauthorized|authorization failed|authentication required|\b40[13]\b|insufficient_scope|no basic auth/i;

/** Whether the kubelet said that it could not read a pull secret: the names, or undefined. */
function missingSecrets(evidence: Evidence): string | undefined {
  const found = warningAbout(evidence, evidence.pod, ['FailedToRetrieveImagePullSecret']);
  return found === undefined ? undefined : (/\(([^)]*)\)/.exec(found.message)?.[1] ?? 'its name is not told');
}

export const imageReasons: readonly string[] = [
  'InvalidImageName',
  'ImageNotFound',
  'ImagePullDenied',
  'PullSecretMissing',
  'RegistryUnreachable',
  'WrongArchitecture',
  'ImagePullFailed',
];

/** Between two tries older kubelets say only "Back-off pulling image": what the last try said still holds. */
const stillFailing: Explanation['explain'] = ({ pod, workspace }) => {
  const waiting = waitingFor(pod, ['ImagePullBackOff']);
  const last: Failure | undefined = workspace.status?.lastError;
  if (waiting === undefined || last === undefined || !imageReasons.includes(last.reason)) return undefined;
  const current = workspace.status?.observedGeneration === workspace.metadata.generation;
  const silent = /^Back-off pulling image "[^"]*"$/.test(waiting.message);
  return current && silent ? { failure: last, tellAt: 0, failAt: 0 } : undefined;
};

const pullFailed = rule({
  reason: 'ImagePullFailed',
  means: 'The image cannot be pulled, for a reason that GuildNet does not know.',
  recognise: pullFailure(/(?:)/),
  message: ({ image, said }) => `The image "${image}" cannot be pulled${said === '' ? '' : `: ${said}`}.`,
  remedy: 'Check the image’s name and the registry; it is tried again by itself.',
  unprovoked: 'it is for words of registries that are not known yet',
});

/** The image does not come onto the node. */
export const imageFailures: readonly Explanation[] = [
  { ...pullFailed, explain: stillFailing },
  rule({
    reason: 'InvalidImageName',
    means: 'What the workspace names as its image is not an image reference.',
    recognise: ({ pod, workspace }) =>
      waitingFor(pod, ['InvalidImageName']) === undefined ? undefined : workspace.spec.image,
    message: (image) => `"${image}" is not an image reference.`,
    remedy: 'Set spec.image to an image reference such as "ghcr.io/owner/image:1.2".',
  }),
  rule({
    reason: 'PullSecretMissing',
    means: 'The registry wants a login, and the pull secret that the workspace names does not exist.',
    recognise: (evidence) => {
      const pull = pullFailure(denied)(evidence);
      const secrets = missingSecrets(evidence);
      return pull === undefined || secrets === undefined ? undefined : { ...pull, secrets };
    },
    message: ({ image, secrets, said }) =>
      `The registry wants a login for the image "${image}", and the pull secret (${secrets}) does not exist.${inBrackets(said)}`,
    remedy:
      'Create it in the workspace’s namespace (kubectl create secret docker-registry), or correct spec.imagePullSecrets or K8S_IMAGE_PULL_SECRET.',
  }),
  rule({
    reason: 'ImagePullDenied',
    means:
      'The registry does not hand out the image: it wants a login, or the image does not exist and it does not say so.',
    recognise: pullFailure(denied),
    message: ({ image, said }) =>
      `The registry does not hand out the image "${image}": it does not exist or needs a login.${inBrackets(said)}`,
    remedy: 'Check the name; for a private image name a pull secret (spec.imagePullSecrets or K8S_IMAGE_PULL_SECRET).',
  }),
  rule({
    reason: 'ImageNotFound',
    means: 'The registry has no image of that name and tag.',
    recognise: pullFailure(/not found|manifest unknown|name unknown|does not exist|NotFound|is not present with pull/i),
    message: ({ image, said }) => `The image "${image}" does not exist.${inBrackets(said)}`,
    remedy: 'Check its name and tag.',
  }),
  rule({
    reason: 'RegistryUnreachable',
    means: 'The node that runs the workspace has no way to the image’s registry, or does not trust it.',
    recognise: pullFailure(
      /no such host|server misbehaving|connection refused|timeout|deadline exceeded|TLS|x509|HTTP response to HTTPS|no route to host|network is unreachable|lookup |EOF|\b50[0-9]\b|connection reset/i,
    ),
    message: ({ image, said }) =>
      `The registry of "${image}" cannot be reached from the cluster's node.${inBrackets(said)}`,
    remedy: 'Check the registry’s name, and that the nodes have a way to it; it is tried again by itself.',
  }),
  pullFailed,
];
