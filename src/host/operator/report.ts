import type { V1ObjectMeta, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import { wishOf } from '#contract/run-mode.ts';
import type { OperatorKube } from '../kube/clients.ts';
import type { ObservedEvent } from '../kube/event-object.ts';
import type { World } from '../kube/world.ts';
import type { ProgramAnswers } from './answers/program-answers.ts';
import type { Log } from '../observability/log.ts';
import { createEventRecorder } from './events/event-recorder.ts';
import { corrected, happenings } from './events/transitions.ts';
import { createExposureFacts } from './exposure-facts.ts';
import type { Contested } from './settlement.ts';
import { createStatusWriter } from './status-writer.ts';
import { currentPod, standingOf } from './standing.ts';
import type { Observed } from './standing.ts';
import { statusOf } from './status.ts';

/** What a look at a Workspace found; the rest of the evidence is the reporter's to find. */
export interface Findings extends Omit<Observed, 'events' | 'missing' | 'answer'> {
  /** What was put right. */
  corrections?: readonly Contested[] | undefined;
}

/** Tells how it stands with Workspaces: in their status, and in Events about what changed. */
export interface Reporter {
  /**
   * Resolves with the ms after which to look again, because time alone may change the answer, or undefined. Rejects when the
   * status cannot be written.
   */
  report(findings: Findings, signal: AbortSignal): Promise<number | undefined>;
  /** The Workspace is gone. */
  forget(name: string): void;
}

export interface ReporterOptions {
  kube: OperatorKube;
  world: Pick<World, 'events'>;
  log: Log;
  now: () => Date;
  /** Without it, that a port is open has to be enough. */
  answers?: ProgramAnswers | undefined;
}

/** Time limits are counted from Kubernetes' whole seconds: a look that comes a little late is in time. */
const soonestMs = 250;
/** How often it is looked whether what an Ingress misses is there now: neither is watched. */
const missingMs = 6_000;

export function createReporter({ kube, world, log, now, answers }: ReporterOptions): Reporter {
  const statuses = createStatusWriter(kube, now);
  const events = createEventRecorder(kube, log, now);
  const exposure = createExposureFacts(kube, now);
  return {
    report: async ({ corrections = [], ...findings }, signal) => {
      const time = now();
      const workspace = statuses.latest(findings.workspace);
      const running = wishOf(workspace.spec) === 'Running' && workspace.metadata.deletionTimestamp === undefined;
      const missing = running ? await exposure.of(findings.ingress, signal) : undefined;
      const pod = currentPod(findings.pods);
      const observed = {
        ...findings,
        workspace,
        missing,
        answer: running ? answers?.of(workspace, pod) : undefined,
        events: warningsAbout(world.events, pod, findings.claim),
      };
      const standing = standingOf(observed, time);
      const status = statusOf(observed, standing, time);
      const { written, waitMs } = await statuses.write(workspace, status, signal);
      const told = [...corrections.map(corrected), ...(written ? happenings(workspace.status, status) : [])];
      for (const happening of told) await events.record(workspace, happening, signal);
      const reviewMs = standing.reviewAt === undefined ? undefined : standing.reviewAt - time.getTime();
      const isMissing = missing !== undefined && Object.keys(missing).length > 0;
      return soonest([reviewMs, waitMs, isMissing ? missingMs : undefined]);
    },
    forget: (name) => {
      statuses.forget(name);
      events.forget(name);
      answers?.forget(name);
    },
  };
}

function warningsAbout(
  events: World['events'],
  pod: V1Pod | undefined,
  claim: V1PersistentVolumeClaim | undefined,
): ObservedEvent[] {
  const uid = (object: { metadata?: V1ObjectMeta } | undefined): string | undefined => object?.metadata?.uid;
  return [uid(pod), uid(claim)]
    .flatMap((about) => (about === undefined ? [] : events.byIndex(about)))
    .toSorted((a, b) => b.at - a.at);
}

function soonest(waits: readonly (number | undefined)[]): number | undefined {
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? undefined : Math.max(Math.min(...known), soonestMs);
}
