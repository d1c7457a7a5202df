import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { cutTextOf, listOf, longest, mapOf, most, textOf } from '#contract/bounded.ts';
import { capabilityPlural } from '#contract/capability.ts';
import { capabilityCrd, capabilityCrdName, capabilityRevision } from '#contract/capability-crd.ts';
import { crdRevision, crdRevisionAnnotation, workspaceCrd, workspaceCrdName } from '#contract/crd.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { JsonObject } from '#contract/json-schema.ts';
import type { Log } from '../observability/log.ts';
import { apply, drift, readLive } from '../kube/apply.ts';
import type { Kube } from '../kube/clients.ts';
import { fromKubeError, hasStatus } from '../kube/errors.ts';
import { workspacePaths } from '../kube/workspace-paths.ts';

const conditionSchema = z.object({
  type: cutTextOf(longest.key),
  status: cutTextOf(longest.token),
  message: cutTextOf(longest.message).optional(),
});
const crdSchema = z.looseObject({
  metadata: z.looseObject({
    uid: textOf(longest.token).optional(),
    annotations: mapOf(textOf(longest.key), textOf(longest.annotation), most.entries).optional(),
  }),
  status: z.looseObject({ conditions: listOf(conditionSchema, most.entries).nullish() }).optional(),
});

const establishedWithinMs = 20_000;
const lookEveryMs = 50;

/** A CRD of ours, and how it is seen that it is served. */
interface OurCrd {
  kind: string;
  name: string;
  revision: number;
  wanted(): JsonObject;
  served(kube: Pick<Kube, 'rest' | 'namespace'>, signal: AbortSignal | undefined): Promise<boolean>;
}

const workspaces: OurCrd = {
  kind: 'Workspace',
  name: workspaceCrdName,
  revision: crdRevision,
  wanted: workspaceCrd,
  served: isServed,
};
const capabilities: OurCrd = {
  kind: 'Capability',
  name: capabilityCrdName,
  revision: capabilityRevision,
  wanted: capabilityCrd,
  served: (kube, signal) => answers(kube, workspacePaths(kube.namespace, capabilityPlural).collection, signal),
};

/**
 * Makes sure that the cluster serves our Workspace resource: installs or upgrades the CRD by server-side apply, never
 * downgrades one of a higher revision, and waits until it is served. When we may not install it, it is enough that it is
 * there; otherwise throws GuildNetError `not_found`, which says who has to install it.
 */
export async function ensureCrd(kube: Kube, log: Log, signal?: AbortSignal): Promise<void> {
  await ensure(workspaces, kube, log, signal);
}

/** The same of the Capability resource. A host works without: then there is no policy in the cluster. Rejects with the signal's reason alone. */
export async function offerCapabilities(kube: Kube, log: Log, signal?: AbortSignal): Promise<void> {
  try {
    await ensure(capabilities, kube, log, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const { code, message: reason } = fromKubeError(error, `installing the ${capabilityCrdName} CRD`);
    log.info({ crd: capabilityCrdName, code, reason }, 'going on without the resource Capability');
  }
}

async function ensure(crd: OurCrd, kube: Kube, log: Log, signal: AbortSignal | undefined): Promise<void> {
  try {
    await install(crd, kube, log, signal);
    await established(crd, kube, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const failure = fromKubeError(error, `installing the ${crd.name} CRD`);
    if (!hasStatus(error, 403)) throw failure;
    let served: boolean;
    try {
      served = await crd.served(kube, signal);
    } catch (cause) {
      signal?.throwIfAborted();
      log.debug({ err: cause }, 'whether the CRD is there cannot be seen');
      throw failure;
    }
    if (!served) throw notInstalled(crd, failure);
    log.info({ crd: crd.name }, 'the CRD is there; this user may not upgrade it');
  }
}

function notInstalled({ kind, name }: OurCrd, refusal: GuildNetError): GuildNetError {
  return new GuildNetError(
    'not_found',
    `The cluster does not have the ${kind} resource (${name}), and GuildNet may not install it: ${refusal.message}`,
    {
      remedy: 'Have an administrator apply what `guildnet crd` prints; the host connects anew by itself.',
      cause: refusal,
    },
  );
}

async function install(
  { name, revision: ours, wanted: ofOurs }: OurCrd,
  kube: Kube,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<void> {
  const wanted = ofOurs();
  const found = await readLive(kube, wanted, signal);
  if (found !== undefined) {
    const live = crdSchema.parse(found);
    const revision = Number(live.metadata.annotations?.[crdRevisionAnnotation] ?? 0);
    if (revision > ours) {
      log.info({ crd: name, revision, ours }, 'the cluster has a newer CRD; it is left as it is');
      return;
    }
    if (revision === ours && drift(wanted, live) === undefined) return;
  }
  await apply(kube, wanted, { force: true, signal });
  log.info({ crd: name, revision: ours }, found === undefined ? 'installed the CRD' : 'upgraded the CRD');
}

/** The API server needs a moment to check names and to serve the new paths. */
async function established(crd: OurCrd, kube: Kube, signal: AbortSignal | undefined): Promise<void> {
  const deadline = Date.now() + establishedWithinMs;
  for (;;) {
    const live = crdSchema.safeParse(await readLive(kube, crd.wanted(), signal));
    const conditions = live.data?.status?.conditions ?? [];
    const refused = conditions.find((one) => one.type === 'NamesAccepted' && one.status === 'False');
    if (refused !== undefined) {
      throw new GuildNetError(
        'conflict',
        `The cluster cannot serve ${crd.name}: ${refused.message ?? 'its names are taken'}.`,
        {
          remedy: 'Another CRD uses the same names; remove one of them.',
        },
      );
    }
    if (
      conditions.some((one) => one.type === 'Established' && one.status === 'True') &&
      (await crd.served(kube, signal))
    )
      return;
    if (Date.now() > deadline) {
      throw new GuildNetError(
        'timeout',
        `The cluster has the ${crd.name} CRD, but does not serve it after ${establishedWithinMs / 1000} s.`,
        {
          remedy: `Look at it: kubectl describe crd ${crd.name}`,
        },
      );
    }
    await delay(lookEveryMs, undefined, { signal });
  }
}

/** Whether the cluster serves our resource in the namespace. Rejects where that may not be asked. */
export async function isServed(kube: Pick<Kube, 'rest' | 'namespace'>, signal?: AbortSignal): Promise<boolean> {
  return answers(kube, workspacePaths(kube.namespace).collection, signal);
}

async function answers(
  kube: Pick<Kube, 'rest'>,
  collection: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    await kube.rest.json('GET', collection, { query: { limit: 1 }, signal });
    return true;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}
