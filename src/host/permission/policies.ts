import { z } from 'zod';
import { openObject } from '#contract/bounded.ts';
import { annotations } from '#contract/annotations.ts';
import { capabilityPlural, capabilitySpecSchema, shareLabel } from '#contract/capability.ts';
import type { CapabilitySpec } from '#contract/capability.ts';
import { objectMetaSchema } from '#contract/workspace.ts';
import { systemClock } from '../kube/clock.ts';
import type { Clock } from '../kube/clock.ts';
import { createInformer } from '../kube/informer.ts';
import type { Kube } from '../kube/kube.ts';
import { workspacePaths } from '../kube/workspace-paths.ts';
import type { Log } from '../observability/log.ts';
import type { NamedCapability, Policy } from './grants.ts';

/** A Capability as it was sent: its spec, or what is wrong with it. */
export interface ObservedCapability {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    /** The workspace that it shares, where it is a share. */
    shares?: string | undefined;
    by?: string | undefined;
    createdAt?: string | undefined;
  };
  read: { spec: CapabilitySpec } | { problem: string };
}

/** The Capabilities of one cluster, live. */
export interface Policies {
  current(): Policy;
  /** All of them, as they were sent. What cannot be read as it is now, with the field that is wrong, counts as it was before. */
  observed(): readonly ObservedCapability[];
  onChange(listener: () => void): () => void;
  start(): void;
  synced(signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** What is read of a Capability however its spec is: that it is there counts. */
const shellSchema = openObject({ metadata: objectMetaSchema, spec: z.unknown().optional() });

/** Reads a Capability. What slipped past the API server's schema keeps its name, and is refused whole. */
export function parseCapability(object: unknown): { value: ObservedCapability } | { problem: string } {
  const shell = shellSchema.safeParse(object);
  if (!shell.success) return { problem: told(shell.error.issues[0]) };
  const { name, namespace, uid, resourceVersion, labels, annotations: notes, creationTimestamp } = shell.data.metadata;
  const parsed = capabilitySpecSchema.safeParse(shell.data.spec);
  const read = parsed.success ? { spec: parsed.data } : { problem: `spec.${told(parsed.error.issues[0])}` };
  const createdAt = creationTimestamp instanceof Date ? creationTimestamp.toISOString() : creationTimestamp;
  const metadata = {
    ...{ name, namespace, uid, resourceVersion, createdAt },
    shares: labels?.[shareLabel],
    by: notes?.[annotations.sharedBy],
  };
  return { value: { metadata, read } };
}

function told(issue: { path: PropertyKey[]; message: string } | undefined): string {
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`.slice(0, 400);
}

/**
 * What counts of each Capability: as it is now, or, where that cannot be read, as it was when it last could be. One that is
 * deleted, or is another under the same name, has no before. Pure.
 */
export function nextInForce(
  before: ReadonlyMap<string, { uid: string; capability: NamedCapability }>,
  now: readonly ObservedCapability[],
): Map<string, { uid: string; capability: NamedCapability }> {
  const next = new Map<string, { uid: string; capability: NamedCapability }>();
  for (const { metadata, read } of now) {
    const { name, namespace, uid } = metadata;
    const old = before.get(name);
    if ('spec' in read) {
      const { subjects, until: end, ...grant } = read.spec;
      const until = end === undefined ? undefined : Date.parse(end);
      next.set(name, { uid, capability: { name, namespace, subjects, grant, until } });
    } else if (old?.uid === uid) next.set(name, old);
  }
  return next;
}

/** Those whose time is not over at `now`, and when (ms since the epoch) the next one's is. Pure. */
export function countingAt(
  capabilities: readonly NamedCapability[],
  now: number,
): { counting: NamedCapability[]; nextEnd: number | undefined } {
  const counting = capabilities.filter(({ until }) => until === undefined || until > now);
  const ends = counting.flatMap(({ until }) => (until === undefined ? [] : [until]));
  return { counting, nextEnd: ends.length === 0 ? undefined : Math.min(...ends) };
}

/** A timer that is longer would be none (2^31 ms): then it is looked again. */
const longestWaitMs = 86_400_000;

/** How often it is asked whether what was refused or missing is there now. */
const retryMs = 30_000;

/** Nothing is watched before `start`. */
export function createPolicies({
  kube,
  log,
  clock = systemClock,
}: {
  kube: Pick<Kube, 'rest' | 'namespace'>;
  log: Log;
  clock?: Clock;
}): Policies {
  const informer = createInformer<ObservedCapability>({
    rest: kube.rest,
    what: capabilityPlural,
    collection: { path: workspacePaths(kube.namespace, capabilityPlural).collection },
    parse: parseCapability,
    log,
    optional: { retryMs },
  });
  const listeners = new Set<() => void>();
  let inForce: ReadonlyMap<string, { uid: string; capability: NamedCapability }> = new Map();
  let unwatchEnd = (): void => undefined;
  const inForceNow = (): NamedCapability[] => [...inForce.values()].map(({ capability }) => capability);
  const tell = (): void => {
    watchEnd();
    for (const listener of listeners) listener();
  };
  /** What is over by the clock ends what it has opened, as what is taken back does. */
  function watchEnd(): void {
    unwatchEnd();
    const { nextEnd } = countingAt(inForceNow(), clock.now());
    if (nextEnd === undefined) return;
    const wait = Math.max(0, nextEnd - clock.now());
    unwatchEnd = clock.after(Math.min(wait, longestWaitMs), wait > longestWaitMs ? watchEnd : tell);
  }
  const ends = [
    informer.onChange(({ type, object: { metadata, read } }) => {
      inForce = nextInForce(inForce, informer.list());
      if (type !== 'delete' && 'problem' in read)
        log.warn({ capability: metadata.name, problem: read.problem }, 'A Capability is refused as it is now');
      tell();
    }),
    informer.onState(tell),
  ];
  let synced = false;

  return {
    current() {
      // Where the cluster does not have the resource, there is none; where we may not see them, there may be.
      const hidden = informer.state === 'unavailable' && informer.problem?.code !== 'not_found';
      if (!synced || hidden) return { state: 'unknown' };
      const { counting: capabilities } = countingAt(inForceNow(), clock.now());
      // A share takes nothing from anybody: what everybody may they may beside it.
      const present = informer.list().some(({ metadata }) => metadata.shares === undefined);
      return { state: 'known', present, capabilities };
    },
    observed: informer.list,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: informer.start,
    async synced(signal) {
      await informer.synced(signal);
      inForce = nextInForce(inForce, informer.list());
      synced = true;
      watchEnd();
    },
    async stop() {
      for (const end of ends) end();
      unwatchEnd();
      listeners.clear();
      await informer.stop();
    },
  };
}
