import type { V1Pod } from '@kubernetes/client-node';
import { pullFailure } from './image.ts';
import { ended, startFailure, waitingFor } from './pod-state.ts';
import { patienceFrom, rule } from './rule.ts';
import type { Explanation, FailureEntry } from './rule.ts';
import { cut, inBrackets, runtimeWords } from './said.ts';
import { warningAbout } from './warnings.ts';

const configError = (pod: V1Pod | undefined): string | undefined =>
  waitingFor(pod, ['CreateContainerConfigError'])?.message;

const matching = (text: string | undefined, pattern: RegExp): string | undefined =>
  text !== undefined && pattern.test(text) ? text : undefined;

/** Asked before the image's own rules: to a registry, an image of another platform is one that it has not. */
export const architectureFailures: readonly Explanation[] = [
  rule({
    reason: 'WrongArchitecture',
    means:
      'The image, or the program in it, is built for another processor than the node’s, or the program is a script that does not say what runs it.',
    recognise: (evidence) => {
      const pull = pullFailure(/no match for platform|no matching manifest|does not match the specified platform/i);
      const { pod } = evidence;
      const notExecutable = matching(startFailure(pod) ?? ended(pod)?.message, /exec format error/i);
      if (notExecutable === undefined && pull(evidence) === undefined) return undefined;
      return { image: evidence.workspace.spec.image, started: notExecutable !== undefined };
    },
    // To the kernel the two are the same (execve(2), ENOEXEC).
    message: ({ image, started }) =>
      `The image "${image}" or its program is built for another processor than the node's${started ? ', or the program is a script without a first line such as #!/bin/sh' : ''}.`,
    remedy:
      'Use an image that is built for the nodes’ architecture, or choose another node with spec.nodeSelector; if its program is a script, write #!/bin/sh above it.',
  }),
];

/** The node does not even get as far as the containers. */
function withoutSandbox(entry: FailureEntry & { pattern: RegExp; what: string }): Explanation {
  const { pattern, what, ...rest } = entry;
  return rule({
    ...rest,
    recognise: (evidence) => {
      if (waitingFor(evidence.pod, ['ContainerCreating', 'PodInitializing']) === undefined) return undefined;
      const found = warningAbout(evidence, evidence.pod, ['FailedCreatePodSandBox', 'NetworkNotReady']);
      return found !== undefined && pattern.test(found.message) ? found : undefined;
    },
    message: ({ message }) => `${what}: ${cut(message)}`,
    patience: (_found, { pod }) => patienceFrom(pod?.metadata?.creationTimestamp, { tellMs: 5_000, failMs: 30_000 }),
  });
}

/** The image is there, and the container is not started. */
export const startFailures: readonly Explanation[] = [
  withoutSandbox({
    reason: 'PodNetworkFailed',
    means: 'The node cannot give the pod a network.',
    pattern: /network|cni/i,
    what: "The node cannot set up the workspace's network",
    remedy: 'Have the cluster’s administrator look at the node’s network plug-in (CNI); it is tried again by itself.',
    unprovoked: 'the network of a shared node is not broken for a test',
  }),
  withoutSandbox({
    reason: 'PodSandboxFailed',
    means:
      'The node cannot prepare the pod, before any container of it: for example it lacks the runtime that the pod asks for.',
    pattern: /(?:)/,
    what: "The node cannot prepare the workspace's pod",
    remedy: 'Have the cluster’s administrator look at the node and its container runtime; it is tried again by itself.',
  }),
  rule({
    reason: 'ImageNeedsRoot',
    means: 'The image is made to run as root; workspaces run as an ordinary user (uid 1000), without privileges.',
    recognise: ({ pod }) => matching(configError(pod), /runAsNonRoot|run as root|non-root/),
    message: (text) => `The image is made to run as root, and workspaces never do.${inBrackets(cut(text))}`,
    remedy: rootRemedy(),
  }),
  rule({
    reason: 'ConfigMissing',
    means:
      'A Secret or ConfigMap that the workspace’s environment comes from is missing, or has not the key that is named.',
    recognise: ({ pod }) => configError(pod),
    message: (text) => `The workspace's environment cannot be put together: ${cut(text)}.`,
    remedy: 'Create the Secret or ConfigMap that spec.env or spec.envFrom names, with the key it names.',
  }),
  rule({
    reason: 'WrongCommand',
    means: 'The command that the workspace shall run is not in the image, or is not a program.',
    recognise: ({ pod }) =>
      matching(startFailure(pod), /not found|no such file|permission denied|no command specified|is a directory/i),
    message: (text) => `The workspace's command cannot be started.${inBrackets(runtimeWords(text))}`,
    remedy: 'Correct spec.command and spec.args; without them the image’s own command runs.',
  }),
  rule({
    reason: 'StartFailed',
    means: 'The container runtime cannot start the container, for a reason that GuildNet does not know.',
    recognise: ({ pod }) => startFailure(pod),
    message: (text) => `The container cannot be started.${inBrackets(runtimeWords(text))}`,
    remedy: 'Look at it and its events: guildnet describe <id>.',
    unprovoked: 'it is for words of the container runtime that are not known yet',
  }),
];

/** Said in two places: before the start by the kubelet, after it by the program. */
export function rootRemedy(): string {
  return 'Use a variant of the image that runs as an ordinary user (uid 1000) and listens on a port above 1023.';
}
