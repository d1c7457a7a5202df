import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { workspaceApiVersion, workspaceKind } from '#contract/workspace.ts';
import { commonLabels } from '#contract/app-labels.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorKube } from '../../kube/clients.ts';
import { fromKubeError, hasStatus } from '../../kube/errors.ts';
import type { Log } from '../../observability/log.ts';
import type { Happening } from './transitions.ts';

/**
 * Records what happens to Workspaces as Events (events.k8s.io/v1). What happens again is one Event with a series (a count and
 * the last time), as https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ wants it.
 */
export interface EventRecorder {
  /** Never rejects: an Event that cannot be written is logged, and the workspace is none the worse for it. */
  record(workspace: Workspace, happening: Happening, signal: AbortSignal): Promise<void>;
  forget(workspace: string): void;
}

/** An Event that was written, and how often the same has happened since. */
interface Series {
  event: string;
  count: number;
  /** When it was last written, and when it last happened: milliseconds since the epoch. */
  writtenAt: number;
  at: number;
}

/** The API server forgets Events after an hour; a series that pauses for longer begins anew. */
const seriesMs = 30 * 60_000;
/** The second time is written at once, because it says that it is not once; after that the count may lag by this. */
const refreshMs = 5 * 60_000;
/** Limits of the API: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/events.go */
const longestNote = 1_024;
const reportingController = 'guildnet.io/operator';

export function createEventRecorder(kube: OperatorKube, log: Log, now: () => Date): EventRecorder {
  const collection = `/apis/events.k8s.io/v1/namespaces/${kube.namespace}/events`;
  /** By workspace, then by what happened. */
  const told = new Map<string, Map<string, Series>>();
  /** Whether the last attempt failed, so that a missing permission is logged once and not at every Event. */
  let failing = false;

  const create = async (workspace: Workspace, happening: Happening, signal: AbortSignal): Promise<Series> => {
    const { name, namespace, uid, resourceVersion } = workspace.metadata;
    const time = now();
    const event = `${name}.${randomUUID().slice(0, 13).replace('-', '')}`;
    const body = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: event, namespace, labels: commonLabels },
      eventTime: microTime(time),
      reportingController,
      reportingInstance: hostname().slice(0, 128),
      action: 'Reconcile',
      type: happening.type,
      reason: happening.reason,
      note: shortened(happening.note),
      regarding: { apiVersion: workspaceApiVersion, kind: workspaceKind, name, namespace, uid, resourceVersion },
    };
    await kube.rest.json('POST', collection, { body, signal });
    return { event, count: 1, writtenAt: time.getTime(), at: time.getTime() };
  };

  /** Says whether the Event was still there. */
  const repeat = async (series: Series, signal: AbortSignal): Promise<boolean> => {
    try {
      await kube.rest.json('PATCH', `${collection}/${series.event}`, {
        body: { series: { count: series.count, lastObservedTime: microTime(new Date(series.at)) } },
        contentType: 'application/merge-patch+json',
        signal,
      });
      return true;
    } catch (error) {
      if (hasStatus(error, 404)) return false;
      throw error;
    }
  };

  const tell = async (workspace: Workspace, happening: Happening, signal: AbortSignal): Promise<void> => {
    const { name, uid } = workspace.metadata;
    const known = told.get(name) ?? new Map<string, Series>();
    told.set(name, known);
    const key = [uid, happening.type, happening.reason, happening.note].join('\n');
    const time = now().getTime();
    for (const [other, { at }] of known) if (time - at > seriesMs) known.delete(other);
    const series = known.get(key);
    if (series === undefined) {
      known.set(key, await create(workspace, happening, signal));
      return;
    }
    const next = { ...series, count: series.count + 1, at: time };
    known.set(key, next);
    if (next.count > 2 && time - series.writtenAt < refreshMs) return;
    if (await repeat(next, signal)) known.set(key, { ...next, writtenAt: time });
    else known.set(key, await create(workspace, happening, signal));
  };

  return {
    record: async (workspace, happening, signal) => {
      try {
        await tell(workspace, happening, signal);
        failing = false;
      } catch (error) {
        if (signal.aborted) return;
        const { code, message } = fromKubeError(error, 'recording an Event');
        if (!failing) log.warn({ code, reason: message, event: happening.reason }, 'an Event was not recorded');
        failing = true;
      }
    },
    forget: (workspace) => {
      told.delete(workspace);
    },
  };
}

/** metav1.MicroTime. */
function microTime(time: Date): string {
  return time.toISOString().replace('Z', '000Z');
}

/** The limit is one of bytes. */
function shortened(note: string): string {
  const bytes = Buffer.from(note);
  if (bytes.length <= longestNote) return note;
  return `${bytes
    .subarray(0, longestNote - 4)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}…`;
}
