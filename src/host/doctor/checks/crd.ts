import { crdRevision, crdRevisionAnnotation, workspaceCrd, workspaceCrdName } from '#contract/crd.ts';
import { longest, mapOf, most, openObject, textOf } from '#contract/bounded.ts';
import type { Finding } from '#contract/doctor.ts';
import { readLive } from '../../kube/apply.ts';
import type { Kube } from '../../kube/clients.ts';
import { hasStatus } from '../../kube/errors.ts';
import { isServed } from '../../operator/crd-install.ts';
import { failed, ok, skipped, warning } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

export interface FoundCrd {
  /** Undefined: there is none; `hidden`: it may not be read. */
  revision: number | undefined | 'hidden';
  /** Workspaces can be listed. `hidden`: that may not be done. */
  served: boolean | 'hidden';
}

const remedy =
  'A host that may installs it by itself. Otherwise have an administrator apply it: guildnet crd | kubectl apply --server-side -f -';

/** `ours`: the revision that this GuildNet comes with. Pure. */
export function judgeCrd({ revision, served }: FoundCrd, ours: number): Finding {
  if (revision === undefined || (revision === 'hidden' && served === false))
    return warning(`The cluster does not have the Workspace resource (${workspaceCrdName}) yet.`, remedy);
  if (served === false)
    return failed(
      `The cluster has the Workspace resource (${workspaceCrdName}), and does not serve it.`,
      `Look at its conditions: kubectl describe crd ${workspaceCrdName}`,
    );
  if (revision === 'hidden') return skipped('The Workspace resource is there; which revision it is may not be seen.');
  const words = `revision ${String(revision)} of the Workspace resource; this GuildNet comes with ${String(ours)}.`;
  if (revision < ours) return warning(`The cluster has the older ${words}`, remedy);
  return revision === ours
    ? ok(`The cluster has revision ${String(revision)} of the Workspace resource, as this GuildNet does.`)
    : ok(`The cluster has the newer ${words} It is left as it is.`);
}

const crdSchema = openObject({
  metadata: openObject({
    annotations: mapOf(textOf(longest.key), textOf(longest.annotation), most.entries).optional(),
  }),
});

async function unlessHidden<T>(answer: Promise<T>): Promise<T | 'hidden'> {
  try {
    return await answer;
  } catch (error) {
    if (hasStatus(error, 403)) return 'hidden';
    throw error;
  }
}

async function revisionOf(kube: Kube, signal: AbortSignal): Promise<number | undefined> {
  const found = await readLive(kube, workspaceCrd(), signal);
  if (found === undefined) return undefined;
  return Number(crdSchema.parse(found).metadata.annotations?.[crdRevisionAnnotation] ?? 0);
}

export const crd: Check = {
  id: 'crd',
  title: 'Workspace resource',
  inapplicable: withoutCluster,
  check: async (patient, signal) => {
    const kube = await patient.kube();
    const [revision, served] = await Promise.all([
      unlessHidden(revisionOf(kube, signal)),
      unlessHidden(isServed(kube, signal)),
    ]);
    return [judgeCrd({ revision, served }, crdRevision)];
  },
};
