import { serverUrl } from './check-entries.ts';
import type { Entries } from './entries.ts';

/** A context as people choose it. The server is without user and password, should its address have some. */
export interface ListedContext {
  name: string;
  server?: string;
  namespace?: string;
  /** The kubeconfig's own current one. */
  selected: boolean;
}

/** The contexts of a kubeconfig in their order; what is wrong in one is told when it is used. Pure. */
export function listContexts({ contexts, clusters, currentContext }: Entries): ListedContext[] {
  return Array.from(contexts.values(), ({ name, fields }) => {
    const server = serverUrl(clusters.get(fields.cluster ?? '')?.fields.server ?? '');
    const namespace = fields.namespace || undefined;
    return {
      name,
      ...(server === undefined ? {} : { server: server.origin }),
      ...(namespace === undefined ? {} : { namespace }),
      selected: name === currentContext,
    };
  });
}
