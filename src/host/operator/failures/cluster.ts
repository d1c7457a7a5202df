import type { FailureEntry } from './rule.ts';

/**
 * What is wrong with the cluster as a whole says nothing about a workspace: it is the `problem` of the host's connection
 * (`GET /api/cluster`), with the `code` that stands here.
 */
export const clusterFailures: readonly (FailureEntry & { code: string })[] = [
  {
    reason: 'ApiServerUnreachable',
    code: 'cluster_offline',
    means: 'The API server does not answer, or answers that it cannot. Workspaces that run go on running.',
    remedy:
      'Check that the cluster runs and that this machine has a way to it (network, VPN); it is tried again by itself.',
  },
  {
    reason: 'CredentialsRefused',
    code: 'cluster_unauthorized',
    means: 'The cluster does not accept the credentials of the kubeconfig: they are wrong or have expired.',
    remedy: 'Log in to the cluster again, then retry.',
  },
  {
    reason: 'CrdMissing',
    code: 'not_found',
    means:
      'The cluster does not know the Workspace resource, and GuildNet may not install it, or somebody has deleted it.',
    remedy: 'Have an administrator apply what `guildnet crd` prints; the host connects anew by itself.',
  },
];
