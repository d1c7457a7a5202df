import type { V1Deployment } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import type { Workspace } from '#contract/workspace.ts';
import { differs } from '../kube/differs.ts';
import { podMarks } from './desired/pod-marks.ts';

/**
 * Whether the pod that runs is to be left as it is, though this host would make it another: nobody asked for another one, only
 * this host's settings or its version differ from those of the host that made it, or who changed the Workspace asked for it from the next start on. What they change counts from then. One
 * that has failed loses nothing by a new try, and may be mended by it.
 */
export function keepsPod(workspace: Workspace, wanted: V1Deployment, live: V1Deployment): boolean {
  const [runs, ran] = [wanted, live].map(({ spec }) => (spec?.replicas ?? 1) !== 0);
  // Its start makes a pod as it is wanted now; its stop ends one.
  if (runs !== ran || workspace.status?.phase === 'Failed') return false;
  const [now, then] = [wanted.metadata?.annotations ?? {}, live.metadata?.annotations ?? {}];
  if (waitsForNextStart(workspace, now[podMarks.madeFor], live)) return true;
  if (then[podMarks.madeFor] === undefined)
    return isKnown(workspace) && differs(wanted.spec?.template, live.spec?.template);
  return then[podMarks.madeFor] === now[podMarks.madeFor] && then[podMarks.pod] !== now[podMarks.pod];
}

/**
 * Whether the pod is one from before a change that counts from its next start on: `madeFor` is the mark of what the Workspace asks
 * for now. A later change, by whoever makes it, and a restart have another mark, and are carried out at once.
 */
export function waitsForNextStart(
  { metadata }: Pick<Workspace, 'metadata'>,
  madeFor: string | undefined,
  live: V1Deployment | undefined,
): boolean {
  const asked = metadata.annotations?.[annotations.nextStart];
  return asked !== undefined && asked === madeFor && live?.metadata?.annotations?.[podMarks.madeFor] !== madeFor;
}

/** A version that made no marks has looked at this very spec, and all went well. */
function isKnown({ metadata, status }: Workspace): boolean {
  return status?.observedGeneration !== undefined && status.observedGeneration === metadata.generation;
}
