import type { V1Ingress } from '@kubernetes/client-node';
import type { OperatorKube } from '../kube/clients.ts';
import { hasStatus } from '../kube/errors.ts';
import type { ExposureEvidence } from './failures/exposure.ts';

type Missing = NonNullable<ExposureEvidence['missing']>;

/**
 * Looks up what an Ingress names and the live view does not hold: its class, which is the whole cluster's, and the Secret of its
 * certificate, which is cert-manager's. What is there is not asked for again, and what is not, no sooner than after a while.
 */
export interface ExposureFacts {
  of(ingress: V1Ingress | undefined, signal: AbortSignal): Promise<Missing | undefined>;
}

/** How long an answer is believed, in milliseconds. What is there may go again, but rarely does. */
const believedMs = { there: 10 * 60_000, missing: 5_000 };
/** Both counts are of names, not of workspaces; a run-away number of them is forgotten and asked for again. */
const mostNames = 10_000;

export function createExposureFacts(kube: OperatorKube, now: () => Date): ExposureFacts {
  const known = new Map<string, { there: boolean; until: number }>();

  const isMissing = async (path: string, signal: AbortSignal): Promise<boolean> => {
    const time = now().getTime();
    const before = known.get(path);
    if (before !== undefined && before.until > time) return !before.there;
    if (known.size >= mostNames) known.clear();
    const there = await exists(kube, path, signal);
    known.set(path, { there, until: time + (there ? believedMs.there : believedMs.missing) });
    return !there;
  };

  return {
    of: async (ingress, signal) => {
      if (ingress === undefined) return undefined;
      const { ingressClassName, tls } = ingress.spec ?? {};
      const secretName = tls?.[0]?.secretName;
      const [noClass, noSecret] = await Promise.all([
        ingressClassName !== undefined &&
          isMissing(`/apis/networking.k8s.io/v1/ingressclasses/${encodeURIComponent(ingressClassName)}`, signal),
        secretName !== undefined &&
          isMissing(`/api/v1/namespaces/${kube.namespace}/secrets/${encodeURIComponent(secretName)}`, signal),
      ]);
      return {
        ...(noClass ? { ingressClass: ingressClassName } : {}),
        ...(noSecret ? { tlsSecret: secretName } : {}),
      };
    },
  };
}

/** Whatever is no clear "there is none" is not held against the cluster: we may not be allowed to look. */
async function exists(kube: OperatorKube, path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await kube.rest.json('GET', path, { signal });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    return !hasStatus(error, 404);
  }
}
