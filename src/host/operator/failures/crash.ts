import { ended } from './pod-state.ts';
import type { Ended } from './pod-state.ts';
import { rule } from './rule.ts';
import type { Evidence, Explanation, FailureEntry, Patience } from './rule.ts';
import { lastLines } from './said.ts';
import { rootRemedy } from './start.ts';
import { warningAbout } from './warnings.ts';

/** One crash may be the wait for something; the same again and again is a failure, also while the next try is under way. */
function patience(end: Ended): Patience {
  const fresh = end.restarts === 0 || (end.again && end.restarts < 2);
  return { failAt: fresh ? Number.POSITIVE_INFINITY : 0 };
}

const time = (at: Date | undefined): number => at?.getTime() ?? 0;

interface Silenced {
  end: Ended;
  said: string;
}

/**
 * Whether the container was ended because it had stopped answering. The kubelet tells of a pod no more than 25 times, and then
 * once in five minutes (client-go's spam filter for Events): the readiness probe, which is asked more often, may have
 * used all of it up before the liveness probe failed. Then the signal that ended the container has to say the rest.
 */
function endedByLiveness(evidence: Evidence): Silenced | undefined {
  const end = ended(evidence.pod);
  if (end === undefined) return undefined;
  const said =
    failedBefore(end, evidence, 'Liveness') ??
    (endedBySignal(end) ? failedBefore(end, evidence, 'Readiness') : undefined);
  return said === undefined ? undefined : { end, said };
}

/** What a probe got from the container while it ran: Kubernetes' times are whole seconds. */
function failedBefore(end: Ended, evidence: Evidence, probe: 'Liveness' | 'Readiness'): string | undefined {
  const prefix = `${probe} probe failed: `;
  const found = warningAbout(evidence, evidence.pod, ['Unhealthy'], new RegExp(`^${prefix}`));
  const during = found !== undefined && found.at >= time(end.startedAt) && found.at <= time(end.finishedAt) + 2_000;
  return during ? found.message.slice(prefix.length) : undefined;
}

/** By SIGTERM, or by SIGKILL after the grace period, as the kubelet ends a container. */
function endedBySignal({ exitCode }: Ended): boolean {
  return exitCode === 143 || exitCode === 137;
}

/** The container ended, and the last lines of its log tell why. */
function printed(entry: FailureEntry & { pattern: RegExp; what: string }): Explanation {
  const { pattern, what, ...rest } = entry;
  return rule({
    ...rest,
    recognise: ({ pod }) => {
      const end = ended(pod);
      return end !== undefined && end.exitCode !== 0 && pattern.test(end.message ?? '') ? end : undefined;
    },
    message: (end) => `${what} Its last lines: ${lastLines(end.message) ?? ''} (exit code ${end.exitCode})`,
    patience,
  });
}

/**
 * A refusal about a hidden file at `/` or about anything below `/root`, which is what programs make in a home, or their words about a
 * HOME that is not set.
 */
const noHome =
  /(?:permission denied|EACCES|EPERM|not permitted|cannot create|can't create)[^\n]*?["' :]\/+(?:root\b|\.[a-z])|["' ]\/+(?:root\/|\.[a-z])[^\n]*(?:permission denied|not permitted)|\$HOME is not (?:defined|set)|\bHOME(?: environment variable)?(?: is)? (?:not set|not defined|unset)|KeyError: 'HOME'|(?:find|determine|get)[^\n]{0,20} home dir/i;

/** The program runs and ends. The kubelet hands the end of its log over with its exit code. */
export const crashFailures: readonly Explanation[] = [
  rule({
    reason: 'OutOfMemory',
    means: 'The workspace used more memory than its limit, and the node ended it.',
    recognise: ({ pod, workspace }) => {
      const end = ended(pod);
      return end?.reason === 'OOMKilled' ? { ...end, limit: workspace.spec.resources?.limits?.['memory'] } : undefined;
    },
    message: ({ limit }) =>
      `The workspace used more memory than it may${limit === undefined ? '' : ` (${limit})`} and was ended.`,
    remedy: 'Raise spec.resources.limits.memory, or run less in it.',
    patience,
  }),
  rule({
    reason: 'LivenessKilled',
    means: 'The program stopped answering for so long that Kubernetes ended and restarted it.',
    recognise: endedByLiveness,
    message: ({ end, said }) =>
      `The workspace stopped answering (${said}) and was restarted${times(end.restarts)}.${logOf(end)}`,
    remedy:
      'Give it more CPU or memory if it is overloaded; set spec.probe.kind to `none` if its port need not be open all the time.',
    patience: ({ end }) => patience(end),
  }),
  printed({
    reason: 'VolumeFull',
    means: 'The program ended because a file system is full: the home, /dev/shm or the node’s disk.',
    pattern: /no space left on device|ENOSPC|disk quota exceeded/i,
    what: 'The workspace has no room left on a file system.',
    remedy: 'Delete files, or enlarge the home (spec.home.size; it can only grow).',
  }),
  printed({
    reason: 'ReadOnlyFileSystem',
    means: 'The program ended because it writes where nothing can be written.',
    pattern: /read-only file ?system|EROFS/i,
    what: "The workspace's program writes to a file system that is read-only.",
    remedy:
      'Have it write to its home or /tmp; if its home itself has become read-only, look at the volume and its node.',
  }),
  printed({
    reason: 'HomeNotWritable',
    means:
      'The program has no home that it can write: HOME is not set, or is a folder of root, since the image was made to run as root.',
    pattern: noHome,
    what: "The workspace's program cannot write its home folder.",
    remedy:
      'Set HOME to a folder that everybody can write (--env HOME=/tmp), or give it a home volume (--home-size 10Gi).',
  }),
  printed({
    reason: 'ImageNeedsRoot',
    means: 'The image is made to run as root; workspaces run as an ordinary user (uid 1000), without privileges.',
    pattern:
      /permission denied|operation not permitted|EACCES|EPERM|(?:must|needs? to) (?:be|run as) (?:run as )?root|are you root/i,
    what: "The workspace's program is not allowed what it tries, as if it expected to be root.",
    remedy: rootRemedy(),
  }),
  rule({
    reason: 'CommandEnds',
    means: 'The command does its work and ends without an error; a workspace needs something that keeps running.',
    recognise: ({ pod }) => {
      const end = ended(pod);
      return end?.exitCode === 0 ? end : undefined;
    },
    message: (end) => `The workspace's program ends by itself, without an error (exit code 0)${times(end.restarts)}.`,
    remedy: 'Set spec.command to a server that keeps running.',
    patience,
  }),
  rule({
    reason: 'CrashLoop',
    means: 'The program ends with an error again and again; the message has its exit code and its last lines.',
    recognise: ({ pod }) => ended(pod),
    message: (end) =>
      `The workspace's program ends by itself with exit code ${end.exitCode}${end.signal === undefined ? '' : ` (signal ${end.signal})`}${times(end.restarts)}.${logOf(end)}`,
    remedy:
      'Read its log (guildnet logs --previous <id>), and correct spec.command, spec.args or spec.env (guildnet edit <id>).',
    patience,
  }),
];

/** Counted no further than this: every restart would be a write of the status, and the exact number helps nobody. */
function times(restarts: number): string {
  if (restarts === 0) return '';
  if (restarts === 1) return ', restarted once';
  return restarts >= 5 ? ', restarted many times' : `, restarted ${restarts} times`;
}

function logOf(end: Ended): string {
  const lines = lastLines(end.message);
  return lines === undefined ? '' : ` Its last lines: ${lines}`;
}
