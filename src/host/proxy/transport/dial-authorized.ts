import type { ClusterAccess, Prepared } from '../../kube/access/cluster-access.ts';
import { TunnelError } from './tunnel-error.ts';

/**
 * Dials with what authenticates us now, and once more where the API server refused that and other credentials can be had. Rejects
 * with what `dial` rejects with, or with a TunnelError when there are no credentials.
 */
export async function dialAuthorized<Connection>(
  access: ClusterAccess,
  dial: (prepared: Prepared) => Promise<Connection>,
): Promise<Connection> {
  for (let tries = 1; ; tries += 1) {
    const prepared = await prepare(access);
    try {
      const connection = await dial(prepared);
      await prepared.answered(101);
      return connection;
    } catch (error) {
      if (!(error instanceof TunnelError) || error.failure !== 'unauthorized') throw error;
      const others = await prepared.answered(401);
      if (!others || tries > 1) throw error;
    }
  }
}

async function prepare(access: ClusterAccess): Promise<Prepared> {
  try {
    return await access.prepare();
  } catch (error) {
    throw new TunnelError('unauthorized', 'The credentials for the cluster could not be had.', error);
  }
}
