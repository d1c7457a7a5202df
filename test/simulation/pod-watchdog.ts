import { isDeepStrictEqual } from 'node:util';
import { podMarks } from '#host/operator/desired/pod-marks.ts';
import type { SimulatedApi } from './api/api-server.ts';
import { asMap } from './api/merge.ts';

/**
 * Sees to it that no pod that runs is made another because another host leads. A pod may be made anew where a person wants
 * another one, where its Deployment was changed by hand, and where the workspace has failed.
 */
export function watchPods(api: SimulatedApi, violation: (text: string) => void): void {
  /** Deployments that somebody changed by hand since an operator wrote them last, by uid. */
  const changed = new Set<string>();
  api.onWrite(({ plural, who, name, before, after }) => {
    if (plural !== 'deployments' || before === undefined || after === undefined) return;
    const { uid } = after.metadata;
    if (who === 'user') changed.add(uid);
    if (!who.startsWith('operator')) return;
    const byHand = changed.delete(uid);
    const [then, now] = [asMap(before.spec), asMap(after.spec)];
    const runs = then['replicas'] !== 0 && now['replicas'] !== 0;
    const madeFor = (object: typeof before): string | undefined => object.metadata.annotations?.[podMarks.madeFor];
    const hasFailed = asMap(api.get('workspaces', name)?.status)['phase'] === 'Failed';
    if (!runs || byHand || hasFailed || madeFor(before) !== madeFor(after)) return;
    if (!isDeepStrictEqual(then['template'], now['template']))
      violation(`${who} made the running pod of ${name} another, which nobody asked for`);
  });
}
