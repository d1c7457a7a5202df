import { GuildNetError } from '#contract/errors.ts';
import { fromKubeError } from '../../kube/errors.ts';

/**
 * Why something of the cluster could not be looked up, for whoever sent the request: the words of Kubernetes, which name users and
 * addresses, stay in the cause. `doing` is a gerund phrase, such as "looking for the Service db in dev".
 */
export function lookUpError(error: unknown, doing: string): GuildNetError {
  const { code } = fromKubeError(error, doing);
  const what = `${doing.charAt(0).toUpperCase()}${doing.slice(1)}`;
  const options = (remedy: string) => ({ remedy, cause: error });
  switch (code) {
    case 'forbidden':
      return new GuildNetError(
        'forbidden',
        `${what} is not allowed to the user of the kubeconfig.`,
        options(
          'Allow "get" on services and pods, and "list" on pods, in that namespace, or ask for something in another.',
        ),
      );
    case 'cluster_unauthorized':
      return new GuildNetError(
        'cluster_unauthorized',
        'The cluster does not accept our credentials.',
        options('Log in to the cluster again, or get a new kubeconfig.'),
      );
    case 'cluster_offline':
    case 'timeout':
      return new GuildNetError(
        'cluster_offline',
        'The cluster does not answer.',
        options('It is tried again by itself; check that the cluster runs and is reachable.'),
      );
    default:
      return new GuildNetError('upstream_failed', `${what} failed.`, options('The log of this host has the cause.'));
  }
}
