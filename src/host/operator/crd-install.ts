import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { cutTextOf, listOf, longest, mapOf, most, textOf } from '#contract/bounded.ts';
import { crdRevision, crdRevisionAnnotation, workspaceCrd, workspaceCrdName } from '#contract/crd.ts';
import { GuildNetError } from '#contract/errors.ts';
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

/**
 * Makes sure that the cluster serves our Workspace resource: installs or upgrades the CRD by server-side apply, never
 * downgrades one of a higher revision, and waits until it is served. When we may not install it, it is enough that it is
 * there; otherwise throws GuildNetError `not_found`, which says who has to install it.
 */
export async function ensureCrd(kube: Kube, log: Log, signal?: AbortSignal): Promise<void> {
  try {
    await install(kube, log, signal);
    await established(kube, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const failure = fromKubeError(error, `installing the ${workspaceCrdName} CRD`);
    if (!hasStatus(error, 403)) throw failure;
    let served: boolean;
    try {
      served = await isServed(kube, signal);
    } catch (cause) {
      signal?.throwIfAborted();
      log.debug({ err: cause }, 'whether the CRD is there cannot be seen');
      throw failure;
    }
    if (!served) throw notInstalled(failure);
    log.info({ crd: workspaceCrdName }, 'the CRD is there; this user may not upgrade it');
  }
}

function notInstalled(refusal: GuildNetError): GuildNetError {
  return new GuildNetError(
    'not_found',
    `The cluster does not have the Workspace resource (${workspaceCrdName}), and GuildNet may not install it: ${refusal.message}`,
    {
      remedy: 'Have an administrator apply what `guildnet crd` prints; the host connects anew by itself.',
      cause: refusal,
    },
  );
}

async function install(kube: Kube, log: Log, signal: AbortSignal | undefined): Promise<void> {
  const wanted = workspaceCrd();
  const found = await readLive(kube, wanted, signal);
  if (found !== undefined) {
    const live = crdSchema.parse(found);
    const revision = Number(live.metadata.annotations?.[crdRevisionAnnotation] ?? 0);
    if (revision > crdRevision) {
      log.info(
        { crd: workspaceCrdName, revision, ours: crdRevision },
        'the cluster has a newer CRD; it is left as it is',
      );
      return;
    }
    if (revision === crdRevision && drift(wanted, live) === undefined) return;
  }
  await apply(kube, wanted, { force: true, signal });
  log.info(
    { crd: workspaceCrdName, revision: crdRevision },
    found === undefined ? 'installed the CRD' : 'upgraded the CRD',
  );
}

/** The API server needs a moment to check names and to serve the new paths. */
async function established(kube: Kube, signal: AbortSignal | undefined): Promise<void> {
  const deadline = Date.now() + establishedWithinMs;
  for (;;) {
    const live = crdSchema.safeParse(await readLive(kube, workspaceCrd(), signal));
    const conditions = live.data?.status?.conditions ?? [];
    const refused = conditions.find((one) => one.type === 'NamesAccepted' && one.status === 'False');
    if (refused !== undefined) {
      throw new GuildNetError(
        'conflict',
        `The cluster cannot serve ${workspaceCrdName}: ${refused.message ?? 'its names are taken'}.`,
        {
          remedy: 'Another CRD uses the same names; remove one of them.',
        },
      );
    }
    if (conditions.some((one) => one.type === 'Established' && one.status === 'True') && (await isServed(kube, signal)))
      return;
    if (Date.now() > deadline) {
      throw new GuildNetError(
        'timeout',
        `The cluster has the ${workspaceCrdName} CRD, but does not serve it after ${establishedWithinMs / 1000} s.`,
        {
          remedy: `Look at it: kubectl describe crd ${workspaceCrdName}`,
        },
      );
    }
    await delay(lookEveryMs, undefined, { signal });
  }
}

/** Whether the cluster serves our resource in the namespace. Rejects where that may not be asked. */
export async function isServed(kube: Pick<Kube, 'rest' | 'namespace'>, signal?: AbortSignal): Promise<boolean> {
  try {
    await kube.rest.json('GET', workspacePaths(kube.namespace).collection, { query: { limit: 1 }, signal });
    return true;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}
