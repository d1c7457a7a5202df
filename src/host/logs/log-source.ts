import type { Readable } from 'node:stream';
import type { V1Pod } from '@kubernetes/client-node';
import { withoutSecrets } from '../workspaces/hidden-values.ts';
import { secretEntries } from '../kube/secret-entries.ts';
import type { Kube } from '../kube/kube.ts';
import type { World } from '../kube/world.ts';
import { passwordSecretName } from '../operator/desired/password.ts';
import { createChanges } from './changes.ts';
import type { Changes } from './changes.ts';

/** One answer of the kubelet's. */
export interface LogRequest {
  /** The pod's name. */
  pod: string;
  container: string;
  follow?: boolean;
  previous?: boolean;
  tailLines?: number;
  /** RFC 3339, whole seconds. */
  sinceTime?: string;
}

/** Where the logs of one workspace come from. */
export interface LogSource {
  exists(): boolean;
  /** Its own pods. */
  pods(): readonly V1Pod[];
  changes(): Changes;
  /** Rejects with what `Rest.stream` rejects with. */
  open(request: LogRequest, signal: AbortSignal): Promise<Readable>;
  /** Takes the values out that are known to be secret now. */
  clean(): (text: string) => string;
}

/** How long the kubelet may take until it begins to answer, in ms: it may have to look through a large file. */
const answerMs = 30_000;

export function createLogSource(
  { kube, world }: { kube: Pick<Kube, 'rest' | 'namespace'>; world: World },
  id: string,
): LogSource {
  return {
    exists: () => world.workspaces.get(id) !== undefined,
    pods: () => world.podsOf(id),
    changes: () =>
      createChanges((listener) => {
        const ends = [
          world.onPods((name) => name === id && listener()),
          world.workspaces.onChange(({ object }) => object.metadata.name === id && listener()),
        ];
        return () => {
          for (const end of ends) end();
        };
      }),
    open: ({ pod, ...query }, signal) =>
      kube.rest.stream(`/api/v1/namespaces/${kube.namespace}/pods/${encodeURIComponent(pod)}/log`, {
        query: { ...query, timestamps: true },
        signal,
        headersTimeoutMs: answerMs,
      }),
    clean: () =>
      withoutSecrets(
        world.workspaces.get(id)?.spec.env,
        Object.values(secretEntries(world.secrets.get(passwordSecretName(id)))),
      ),
  };
}
