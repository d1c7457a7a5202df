import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { containerName } from '../desired/container-name.ts';
import { endOf, podCondition } from './pod-state.ts';
import { patienceFrom, rule } from './rule.ts';
import type { Evidence, Explanation } from './rule.ts';
import { cut, inBrackets, lastLines } from './said.ts';

interface Other {
  name: string;
  /** What it lacks, as the rest of a sentence about it. */
  lacks: string;
}

const underWay = new Set(['ContainerCreating', 'PodInitializing']);

/** The containers of the pod that are not the workspace, in the order in which they start, with whether the workspace waits for their end. */
function others(pod: V1Pod | undefined): { status: V1ContainerStatus; first: boolean }[] {
  const staying = new Set(
    (pod?.spec?.initContainers ?? []).filter((one) => one.restartPolicy === 'Always').map(({ name }) => name),
  );
  const initial = pod?.status?.initContainerStatuses ?? [];
  const beside = (pod?.status?.containerStatuses ?? []).filter(({ name }) => name !== containerName);
  return [
    ...initial.map((status) => ({ status, first: !staying.has(status.name) })),
    ...beside.map((status) => ({ status, first: false })),
  ];
}

function isNotReady({ pod }: Evidence): boolean {
  // What is said of the containers of one that the node has ended, is its end.
  const ended = pod?.status?.phase === 'Failed';
  return pod !== undefined && !ended && podCondition(pod, 'Ready')?.status !== 'True';
}

function failing(evidence: Evidence): Other | undefined {
  if (!isNotReady(evidence)) return undefined;
  for (const { status, first } of others(evidence.pod)) {
    const { name, state } = status;
    const end = endOf(status);
    // One that others wait for has done its work when it ends without an error.
    if (end !== undefined && !(first && end.exitCode === 0)) {
      const lines = lastLines(end.message);
      return {
        name,
        lacks: `ends with exit code ${String(end.exitCode)}${lines === undefined ? '' : `. Its last lines: ${lines}`}`,
      };
    }
    const waiting = state?.waiting;
    if (waiting?.reason !== undefined && !underWay.has(waiting.reason) && end === undefined)
      return { name, lacks: `does not start: ${waiting.reason}${inBrackets(cut(waiting.message ?? ''))}` };
  }
  return undefined;
}

function awaited(evidence: Evidence): Other | undefined {
  if (!isNotReady(evidence)) return undefined;
  for (const { status, first } of others(evidence.pod)) {
    if (status.state?.running === undefined) continue;
    if (first)
      return { name: status.name, lacks: 'has not come to its end, before which the workspace does not begin' };
    if (!status.ready) return { name: status.name, lacks: 'runs and is not ready' };
  }
  return undefined;
}

const what = ({ name, lacks }: Other): string =>
  `The container "${name}", which the cluster has put into the workspace's pod, ${lacks}.`;
const remedy =
  'GuildNet has not made it: ask whoever looks after the cluster’s admission (a mutating webhook or policy adds it), or read its log: guildnet logs <id> -c <container>.';

/** What others have put into the pod keeps the workspace from its start, or the pod from being ready. */
export const otherFailures: readonly Explanation[] = [
  rule({
    reason: 'OtherContainerFails',
    means:
      'A container that the cluster’s admission has put into the workspace’s pod does not start, or ends with an error.',
    recognise: failing,
    message: what,
    remedy,
    patience: (_other, { pod }) => patienceFrom(pod?.metadata?.creationTimestamp, { tellMs: 5_000, failMs: 120_000 }),
  }),
  rule({
    reason: 'OtherContainerAwaited',
    means:
      'A container that the cluster’s admission has put into the workspace’s pod has to end, or to be ready, and is not yet.',
    recognise: awaited,
    message: what,
    remedy,
    patience: (_other, { pod }) => patienceFrom(pod?.metadata?.creationTimestamp, { tellMs: 20_000, failMs: 600_000 }),
  }),
];
