import type { V1ContainerStatus, V1Probe } from '@kubernetes/client-node';
import type { PortScheme } from '#contract/port-scheme.ts';
import { containerPorts } from '../desired/ports.ts';
import { probeChoice, probedPort } from '../desired/probes.ts';
import { ended, ownContainer, ownStatus, podCondition } from './pod-state.ts';
import type { Ended } from './pod-state.ts';
import { patienceFrom, rule } from './rule.ts';
import type { Evidence, Explanation, Patience } from './rule.ts';
import { warningAbout } from './warnings.ts';

/** Programs take a while to begin to listen and to answer: nothing is said about the first seconds, and nothing bad about the first minutes. */
const starting = { tellMs: 10_000, failMs: 120_000 };
const startingSlowly = { tellMs: 60_000, failMs: 30 * 60_000 };
/** One that has answered before and does not now: a pause, and then a failure. */
const pausing = { tellMs: 3_000, failMs: 60_000 };
/** What does not come right by waiting, but for the odd moment in which a port is opened or closed. */
const certain = { tellMs: 2_000, failMs: 30_000 };

/** How long a container may take to end after it was told to, and the kubelet to notice. */
const graceMs = 60_000;

interface Closed {
  port: number | undefined;
  /** It has been open before. */
  before: boolean;
  patience: Patience;
}

/** The port that nothing listens on, of a program that runs, or that was ended because nothing ever did. */
function closedPort(evidence: Evidence): Closed | undefined {
  const { pod } = evidence;
  const status = ownStatus(pod);
  const probe = ownContainer(pod)?.startupProbe;
  if (status === undefined || probe === undefined) return undefined;
  const before = status.started === true;
  const patience = before ? patienceWithClosed(evidence, status) : patienceWithUnopened(evidence, status, probe);
  return patience === undefined ? undefined : { port: portOf(probe), before, patience };
}

function portOf(probe: V1Probe): number | undefined {
  const port = (probe.tcpSocket ?? probe.httpGet)?.port;
  return typeof port === 'number' ? port : undefined;
}

function patienceWithUnopened(evidence: Evidence, status: V1ContainerStatus, probe: V1Probe): Patience | undefined {
  const end = ended(evidence.pod);
  const since = status.state?.running?.startedAt;
  if (end !== undefined && endedByProbe(end, probe)) return {};
  // One that has crashed does nothing else for some time: then what keeps it now is another thing.
  if (end !== undefined && since !== undefined)
    return patienceFrom(since, { tellMs: Math.max(60_000, 2 * lasted(end)), failMs: starting.failMs });
  // The startup probe wants no more than an open port, so no Event has to say what it did not find.
  return since === undefined ? undefined : patienceFrom(since, startOf(evidence));
}

function patienceWithClosed(evidence: Evidence, status: V1ContainerStatus): Patience | undefined {
  const since = status.state?.running?.startedAt;
  if (since === undefined || status.ready || ended(evidence.pod) !== undefined) return undefined;
  // Between the two probes' first successes it is not ready either.
  const said = warningAbout(evidence, evidence.pod, ['Unhealthy'], /^Readiness probe/);
  if (said === undefined) return undefined;
  return patienceFrom(podCondition(evidence.pod, 'Ready')?.lastTransitionTime ?? since, pausing);
}

/**
 * It was ended just when the startup probe's time was over, whatever it made of that: many programs end with 0 when they are asked
 * to. Pods of older versions have such a time; it is ten minutes, or an hour.
 */
function endedByProbe(end: Ended, probe: V1Probe): boolean {
  const given = 1_000 * (probe.failureThreshold ?? 3) * (probe.periodSeconds ?? 10);
  return lasted(end) >= given && lasted(end) <= given + graceMs;
}

/** How long a container ran, in milliseconds. */
function lasted({ startedAt, finishedAt }: Ended): number {
  return (finishedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0);
}

function startOf({ workspace }: Evidence): typeof starting {
  return probeChoice(workspace.spec).kind === 'slow' ? startingSlowly : starting;
}

type Answered = NonNullable<Evidence['answer']>;

interface Unfit<Is extends Answered['is']> {
  answer: Extract<Answered, { is: Is }>;
  port: number | undefined;
  path: string;
}

/** The program's answer of this form, with where it was asked. */
function answered<Is extends Answered['is']>({ answer, workspace }: Evidence, form: Is): Unfit<Is> | undefined {
  if (answer?.is !== form) return undefined;
  const port = probedPort(containerPorts(workspace.spec))?.containerPort;
  return { answer: answer as Extract<Answered, { is: Is }>, port, path: probeChoice(workspace.spec).path };
}

function sinceStart(evidence: Evidence, limits: typeof starting): Patience {
  return patienceFrom(ownStatus(evidence.pod)?.state?.running?.startedAt, limits);
}

const onPort = ({ port }: { port: number | undefined }): string =>
  port === undefined ? 'its port' : `port ${String(port)}`;
const names: Record<PortScheme, string> = { http: 'plain HTTP', https: 'HTTPS' };

/** The program runs, and does not answer as a web page would. */
export const probeFailures: readonly Explanation[] = [
  rule({
    reason: 'PortNotOpen',
    means: 'The program runs, but nothing listens on the workspace’s first port.',
    recognise: closedPort,
    message: (facts) =>
      `The workspace's program runs, but nothing listens on ${onPort(facts)}${facts.before ? ' any more' : ''}.`,
    remedy:
      'Name the port that it listens on in spec.ports (--port), and have it listen on all addresses (0.0.0.0), not on 127.0.0.1; programs that read PORT are told the first of spec.ports there. spec.probe.kind: `slow` if it needs minutes to start, `none` if it has no port.',
    patience: ({ patience }) => patience,
  }),
  rule({
    reason: 'PodAddressOnly',
    means:
      'The program listens on the pod’s own address alone, and not on its loopback, where GuildNet’s tunnels come out.',
    recognise: (evidence) => answered(evidence, 'refused'),
    message: (facts) =>
      `The workspace's program listens on ${onPort(facts)} of the pod's own address alone, and GuildNet comes in by 127.0.0.1.`,
    remedy: 'Have it listen on all addresses (0.0.0.0).',
    patience: (_facts, evidence) => sinceStart(evidence, certain),
  }),
  rule({
    reason: 'SpeaksTls',
    means: 'The program speaks HTTPS on a port that is taken for plain HTTP.',
    recognise: (evidence) => {
      const facts = answered(evidence, 'other-scheme');
      return facts?.answer.speaks === 'https' ? facts : undefined;
    },
    message: (facts) => `The workspace speaks ${names.https} on ${onPort(facts)}, where ${names.http} is expected.`,
    remedy: 'Name that port `https` in spec.ports (--port 3000:https).',
    patience: (_facts, evidence) => sinceStart(evidence, certain),
  }),
  rule({
    reason: 'SpeaksNoTls',
    means:
      'The program speaks plain HTTP on a port that is taken for HTTPS: by its name, or because it is 443 or 8443.',
    recognise: (evidence) => answered(evidence, 'other-scheme'),
    message: (facts) => `The workspace speaks ${names.http} on ${onPort(facts)}, where ${names.https} is expected.`,
    remedy: 'Name that port `http` in spec.ports (--port 8443:http).',
    patience: (_facts, evidence) => sinceStart(evidence, certain),
  }),
  rule({
    reason: 'AnswersServerError',
    means: 'The program answers the request for its page with a status of 500 or more.',
    recognise: (evidence) => answered(evidence, 'status'),
    message: (facts) =>
      `The workspace answers GET ${facts.path} on ${onPort(facts)} with an error of its own (status ${String(facts.answer.status)}).`,
    remedy:
      'Read its log (guildnet logs <id>); it is up as soon as it answers with a status below 500. If only that page fails, name another in spec.probe.path, or set spec.probe.kind to `tcp`.',
    patience: (_facts, evidence) => sinceStart(evidence, startOf(evidence)),
  }),
  rule({
    reason: 'AnswersTooLate',
    means: 'The program accepts connections, but does not answer the request for its page in time.',
    recognise: (evidence) => answered(evidence, 'late'),
    message: (facts) => `The workspace does not answer GET ${facts.path} on ${onPort(facts)} in time.`,
    remedy: 'Give it more CPU, or set spec.probe.kind to `slow`, or to `tcp` if it never answers there.',
    patience: (_facts, evidence) => sinceStart(evidence, startOf(evidence)),
  }),
  rule({
    reason: 'DoesNotSpeakHttp',
    means: 'Something listens on the workspace’s first port, but it speaks neither HTTP nor HTTPS.',
    recognise: (evidence) => answered(evidence, 'foreign'),
    message: (facts) => `What listens on ${onPort(facts)} of the workspace does not speak HTTP (${facts.answer.said}).`,
    remedy: 'Name the port that serves the page first in spec.ports, or set spec.probe.kind to `tcp`.',
    patience: (_facts, evidence) => sinceStart(evidence, startOf(evidence)),
  }),
];
