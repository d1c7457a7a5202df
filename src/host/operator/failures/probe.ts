import type { V1ContainerStatus, V1Probe } from '@kubernetes/client-node';
import { probeChoice } from '../desired/probes.ts';
import { ended, podCondition } from './pod-state.ts';
import type { Ended } from './pod-state.ts';
import { patienceFrom, rule } from './rule.ts';
import type { Evidence, Explanation, FailureEntry, Patience } from './rule.ts';
import { cut } from './said.ts';
import { warningAbout } from './warnings.ts';

interface Unanswered {
  said: string;
  port: number | undefined;
  /** It has answered before. */
  before: boolean;
  patience: Patience;
}

/** Programs take a while to begin to listen: nothing is said about the first seconds, and nothing bad about the first minutes. */
const starting = { tellMs: 10_000, failMs: 120_000 };
const startingSlowly = { tellMs: 60_000, failMs: 30 * 60_000 };
/** One that has answered before and does not now: a pause, and then a failure. */
const pausing = { tellMs: 3_000, failMs: 60_000 };

/** How long a container may take to end after it was told to, and the kubelet to notice. */
const graceMs = 60_000;

/** The last answer that a probe got from a program that runs and is not ready, or that was ended because it never was. */
function unanswered(evidence: Evidence, pattern: RegExp): Unanswered | undefined {
  const status = evidence.pod?.status?.containerStatuses?.[0];
  const before = status?.started === true;
  const probe = probeOf(evidence, before ? 'readinessProbe' : 'startupProbe');
  const found = warningAbout(evidence, evidence.pod, ['Unhealthy'], before ? /^Readiness probe/ : /^Startup probe/);
  if (status === undefined || probe === undefined || found === undefined || !pattern.test(found.message))
    return undefined;
  const patience = patienceFor(evidence, status, probe, before);
  if (patience === undefined) return undefined;
  const port = probe.httpGet?.port;
  const said = cut(found.message.replace(/^\w+ probe failed: /, '').replace(/^Get "[^"]*": /, ''));
  return { said, port: typeof port === 'number' ? port : undefined, before, patience };
}

function patienceFor(
  evidence: Evidence,
  status: V1ContainerStatus,
  probe: V1Probe,
  before: boolean,
): Patience | undefined {
  const end = ended(evidence.pod);
  if (end !== undefined) return !before && endedByProbe(end, probe) ? {} : undefined;
  const since = status.state?.running?.startedAt;
  if (since === undefined || status.ready) return undefined;
  if (before) return patienceFrom(podCondition(evidence.pod, 'Ready')?.lastTransitionTime ?? since, pausing);
  return patienceFrom(since, probeChoice(evidence.workspace.spec).kind === 'slow' ? startingSlowly : starting);
}

/** It was ended just when the startup probe's time was over. What ended earlier, later or by itself is a crash. */
function endedByProbe({ exitCode, startedAt, finishedAt }: Ended, probe: V1Probe): boolean {
  const lasted = (finishedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0);
  const given = 1_000 * (probe.failureThreshold ?? 3) * (probe.periodSeconds ?? 10);
  return lasted >= given && lasted <= given + graceMs && (exitCode === 137 || exitCode === 143);
}

function probeOf({ pod }: Evidence, kind: 'startupProbe' | 'readinessProbe'): V1Probe | undefined {
  return pod?.spec?.containers[0]?.[kind];
}

function silent(entry: FailureEntry & { pattern: RegExp; what: (facts: Unanswered) => string }): Explanation {
  const { pattern, what, ...rest } = entry;
  return rule({
    ...rest,
    recognise: (evidence) => unanswered(evidence, pattern),
    message: what,
    patience: ({ patience }) => patience,
  });
}

const onPort = ({ port }: Unanswered): string => (port === undefined ? 'its port' : `port ${port}`);

/** The program runs, and does not answer as a web page would. */
export const probeFailures: readonly Explanation[] = [
  silent({
    reason: 'PortNotOpen',
    means: 'The program runs, but nothing listens on the workspace’s first port.',
    pattern: /connection refused/,
    what: (facts) =>
      facts.before
        ? `The workspace's program runs, but nothing listens on ${onPort(facts)} any more.`
        : `The workspace's program runs, but nothing listens on ${onPort(facts)}.`,
    remedy:
      'Make the program listen on that port on all addresses (0.0.0.0; it is told the port in PORT), or set spec.ports to the one it listens on; spec.probes: `slow` if it needs minutes to start.',
  }),
  silent({
    reason: 'AnswersClientError',
    means:
      'The program answers the probe’s GET / with a status from 400 to 499: it has no page there, or wants a login.',
    pattern: /statuscode: 4\d\d/,
    what: (facts) => `The workspace answers GET / on ${onPort(facts)} with an error (${facts.said}).`,
    remedy: 'Make it answer `/` with a page, a redirect or a login form; set spec.probes to `none` if it cannot.',
  }),
  silent({
    reason: 'AnswersServerError',
    means: 'The program answers the probe’s GET / with a status of 500 or more.',
    pattern: /statuscode: 5\d\d/,
    what: (facts) => `The workspace answers GET / on ${onPort(facts)} with an error of its own (${facts.said}).`,
    remedy: 'Read its log (kubectl logs); it is ready as soon as it answers with a status below 400.',
  }),
  silent({
    reason: 'AnswersTooLate',
    means: 'The program accepts connections, but does not answer GET / within the time a probe waits.',
    pattern: /deadline exceeded|Client\.Timeout|timeout/i,
    what: (facts) => `The workspace does not answer GET / on ${onPort(facts)} in time (${facts.said}).`,
    remedy: 'Give it more CPU, or set spec.probes to `slow`, or to `none` if it never answers there.',
  }),
  silent({
    reason: 'DoesNotSpeakHttp',
    means:
      'Something listens on the workspace’s first port, but it does not speak HTTP (or HTTPS where that is expected).',
    pattern: /(?:)/,
    what: (facts) => `What listens on ${onPort(facts)} of the workspace does not speak HTTP (${facts.said}).`,
    remedy: 'Name the port that serves the page first in spec.ports (`https` for TLS), or set spec.probes to `none`.',
  }),
];
