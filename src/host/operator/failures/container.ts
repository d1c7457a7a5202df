import type { V1ContainerState, V1ContainerStateTerminated, V1Pod } from '@kubernetes/client-node';
import { containerStatuses, rule, waitingFor } from './rule.ts';
import type { Explanation } from './rule.ts';

interface Ended extends V1ContainerStateTerminated {
  restarts: number;
}

/** How the container ended that does not run now: in this state, or, while it waits for its next try, in the last. */
function ended(pod: V1Pod | undefined): Ended | undefined {
  for (const status of containerStatuses(pod)) {
    const waits = status.state?.waiting?.reason === 'CrashLoopBackOff';
    const state: V1ContainerState | undefined = waits ? status.lastState : status.state;
    const terminated = state?.terminated;
    // A container that ends without an error is a crash too when it comes again and again: nothing serves the IDE.
    if (terminated !== undefined && (waits || terminated.exitCode !== 0))
      return { ...terminated, restarts: status.restartCount };
  }
  return undefined;
}

function said(message: string | undefined): string {
  const text = (message ?? '').trim();
  return text === '' ? '' : ` (${text.slice(0, 300)})`;
}

const startReasons = ['CreateContainerError', 'RunContainerError', 'StartError', 'ContainerCannotRun'];

/** Why the container did not even start: the runtime's words, from before or after the attempt. */
function startFailure(pod: V1Pod | undefined): string | undefined {
  const waiting = waitingFor(pod, startReasons);
  if (waiting !== undefined) return waiting.message;
  const end = ended(pod);
  return end?.reason !== undefined && startReasons.includes(end.reason) ? (end.message ?? '') : undefined;
}

const matching = (text: string | undefined, pattern: RegExp): string | undefined =>
  text !== undefined && pattern.test(text) ? text : undefined;
const configError = (pod: V1Pod | undefined): string | undefined =>
  waitingFor(pod, ['CreateContainerConfigError'])?.message;

export const containerFailures: readonly Explanation[] = [
  rule({
    reason: 'ImageNeedsRoot',
    recognise: ({ pod }) => matching(configError(pod), /runAsNonRoot|run as root|non-root/),
    message: (text) => `The image is made to run as root, and workspaces never do.${said(text)}`,
    remedy: 'Use a variant of the image that runs as an ordinary user (uid 1000).',
  }),
  rule({
    reason: 'ConfigMissing',
    recognise: ({ pod }) => configError(pod),
    message: (text) => `The workspace's configuration cannot be put together: ${text}.`,
    remedy: 'Create the Secret or ConfigMap that spec.env or spec.envFrom names, with the key it names.',
  }),
  rule({
    reason: 'WrongArchitecture',
    recognise: ({ pod }) => matching(startFailure(pod) ?? ended(pod)?.message, /exec format error/),
    message: () => "The image's program is built for another processor than the node's.",
    remedy: 'Use an image that is built for the nodes’ architecture.',
  }),
  rule({
    reason: 'WrongCommand',
    recognise: ({ pod }) =>
      matching(startFailure(pod), /not found|no such file|permission denied|no command specified/i),
    message: (text) => `The workspace's command cannot be started.${said(text)}`,
    remedy: 'Correct spec.command and spec.args; without them the image’s own command runs.',
  }),
  rule({
    reason: 'StartFailed',
    recognise: ({ pod }) => startFailure(pod),
    message: (text) => `The container cannot be started.${said(text)}`,
    remedy: 'Look at the pod: kubectl describe pod.',
  }),
  rule({
    reason: 'OutOfMemory',
    recognise: ({ pod, workspace }) => {
      const end = ended(pod);
      return end?.reason === 'OOMKilled'
        ? { limit: workspace.spec.resources?.limits?.['memory'], restarts: end.restarts }
        : undefined;
    },
    message: ({ limit }) =>
      `The workspace used more memory than it may${limit === undefined ? '' : ` (${limit})`} and was ended.`,
    remedy: 'Raise spec.resources.limits.memory, or run less in it.',
  }),
  rule({
    reason: 'CrashLoop',
    recognise: ({ pod }) => ended(pod),
    message: (end) =>
      `The workspace's program ends by itself with exit code ${end.exitCode}${end.signal === undefined ? '' : ` (signal ${end.signal})`}${end.restarts > 0 ? `, ${end.restarts} time${end.restarts === 1 ? '' : 's'} restarted` : ''}.${said(end.message)}`,
    remedy: (end) =>
      end.exitCode === 0
        ? 'Its command does its work and ends: set spec.command to something that keeps running.'
        : 'Read its log (kubectl logs); an image that expects to be root fails like this, too.',
  }),
  rule({
    reason: 'Evicted',
    recognise: ({ pod }) =>
      pod?.status?.phase === 'Failed' ? (pod.status.message ?? pod.status.reason ?? 'it ended') : undefined,
    message: (text) => `The node ended the workspace's pod: ${text}`,
    remedy: 'A new pod is started by itself; if it happens again, make room on the node (memory, disk).',
  }),
];
