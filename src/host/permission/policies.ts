import { z } from 'zod';
import { openObject } from '#contract/bounded.ts';
import { capabilityPlural, capabilitySpecSchema } from '#contract/capability.ts';
import type { CapabilitySpec } from '#contract/capability.ts';
import { objectMetaSchema } from '#contract/workspace.ts';
import { createInformer } from '../kube/informer.ts';
import type { Kube } from '../kube/kube.ts';
import { workspacePaths } from '../kube/workspace-paths.ts';
import type { Log } from '../observability/log.ts';
import type { NamedCapability, Policy } from './grants.ts';

/** A Capability as it was sent: its spec, or what is wrong with it. */
export interface ObservedCapability {
  metadata: { name: string; namespace: string; uid: string; resourceVersion: string };
  read: { spec: CapabilitySpec } | { problem: string };
}

/** The Capabilities of one cluster, live. */
export interface Policies {
  current(): Policy;
  /** Those that cannot be read as they are now, each with the field that is wrong. What they were before counts on. */
  refused(): { name: string; problem: string }[];
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
  const { name, namespace, uid, resourceVersion } = shell.data.metadata;
  const parsed = capabilitySpecSchema.safeParse(shell.data.spec);
  const read = parsed.success ? { spec: parsed.data } : { problem: `spec.${told(parsed.error.issues[0])}` };
  return { value: { metadata: { name, namespace, uid, resourceVersion }, read } };
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
      const { subjects, ...grant } = read.spec;
      next.set(name, { uid, capability: { name, namespace, subjects, grant } });
    } else if (old?.uid === uid) next.set(name, old);
  }
  return next;
}

/** How often it is asked whether what was refused or missing is there now. */
const retryMs = 30_000;

/** Nothing is watched before `start`. */
export function createPolicies({ kube, log }: { kube: Pick<Kube, 'rest' | 'namespace'>; log: Log }): Policies {
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
  const ends = [
    informer.onChange(({ type, object: { metadata, read } }) => {
      inForce = nextInForce(inForce, informer.list());
      if (type !== 'delete' && 'problem' in read)
        log.warn({ capability: metadata.name, problem: read.problem }, 'A Capability is refused as it is now');
      for (const listener of listeners) listener();
    }),
    informer.onState(() => {
      for (const listener of listeners) listener();
    }),
  ];
  let synced = false;

  return {
    current() {
      // Where the cluster does not have the resource, there is none; where we may not see them, there may be.
      const hidden = informer.state === 'unavailable' && informer.problem?.code !== 'not_found';
      if (!synced || hidden) return { state: 'unknown' };
      const capabilities = [...inForce.values()].map(({ capability }) => capability);
      return { state: 'known', present: informer.list().length > 0, capabilities };
    },
    refused: () =>
      informer
        .list()
        .flatMap(({ metadata, read }) => ('problem' in read ? [{ name: metadata.name, problem: read.problem }] : [])),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: informer.start,
    async synced(signal) {
      await informer.synced(signal);
      inForce = nextInForce(inForce, informer.list());
      synced = true;
    },
    async stop() {
      for (const end of ends) end();
      listeners.clear();
      await informer.stop();
    },
  };
}
