import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { workspaceGroup, workspacePlural } from '#contract/workspace.ts';
import { unauthorizedError } from './credentials.ts';
import { fromKubeError, hasStatus } from './errors.ts';
import { forbiddenByRbac } from './forbidden.ts';
import { createKube } from './clients.ts';
import type { Kube } from './clients.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import { defaultKubeconfig, serviceAccountDir } from './source.ts';
import type { RequestObserver } from './transport.ts';
import type { ClusterSource } from './source.ts';

const versionSchema = z.object({ gitVersion: textOf(longest.token) });
const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });
const firstAnswerMs = 5_000;

/** What a host must be allowed to see before it is of any use. */
const needed = [
  { group: workspaceGroup, resource: workspacePlural },
  { group: 'apps', resource: 'deployments' },
  { group: '', resource: 'services' },
  { group: '', resource: 'pods' },
] as const;

/**
 * Reads the source, contacts its cluster (`/version` within 5 s) and asks it whether we may watch what we must.
 * Throws GuildNetError: `bad_config` (missing, unreadable, not YAML, context missing: file and line named), `no_cluster`
 * (nothing configured), `cluster_offline` (refused, DNS, TLS, timeout: which), `cluster_unauthorized` (wrong, missing or
 * expired credentials, exec plugin failing), `forbidden` (the missing RBAC rule). Never a secret in the text.
 */
export async function connectKube(
  source: ClusterSource,
  options: { namespace?: string; signal?: AbortSignal; observe?: RequestObserver | undefined } = {},
): Promise<Kube> {
  const config = await loadSource(source);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined)
    throw new GuildNetError('no_cluster', 'No cluster is configured.', {
      remedy: 'Set KUBECONFIG, or use the local cluster.',
    });
  const namespace = options.namespace ?? (config.getContextObject(config.getCurrentContext())?.namespace || 'default');
  const probe = createKube(config, { namespace, server, version: 'unknown' }, options.observe);
  try {
    const version = await readVersion(probe, options.signal);
    await checkAccess(probe, options.signal);
    return createKube(config, { namespace, server, version }, options.observe);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (hasStatus(error, 401)) throw unauthorizedError(config, error);
    throw fromKubeError(error, `contacting the cluster at ${server}`);
  } finally {
    probe.close();
  }
}

async function loadSource(source: ClusterSource): Promise<KubeConfig> {
  switch (source.kind) {
    case 'kubeconfig':
      return loadKubeconfig(source.path ?? defaultKubeconfig(process.env), source.context);
    case 'local':
      return loadKubeconfig(source.kubeconfigPath);
    case 'in-cluster':
      return loadServiceAccount();
  }
}

async function loadServiceAccount(): Promise<KubeConfig> {
  try {
    await readFile(join(serviceAccountDir, 'token'));
  } catch (error) {
    throw new GuildNetError('bad_config', 'This pod has no service account token.', {
      remedy: 'Run it with a service account and automountServiceAccountToken: true.',
      cause: error,
    });
  }
  const config = new KubeConfig();
  config.loadFromCluster();
  return config;
}

async function readVersion(kube: Kube, signal: AbortSignal | undefined): Promise<string> {
  try {
    const body = await kube.rest.json('GET', '/version', { signal, headersTimeoutMs: firstAnswerMs });
    const parsed = versionSchema.safeParse(body);
    if (parsed.success) return parsed.data.gitVersion;
  } catch (error) {
    // A cluster may hide its version; whether we may do our work is asked next.
    if (hasStatus(error, 403)) return 'unknown';
    throw error;
  }
  throw new GuildNetError('cluster_offline', `${kube.server} answers, but not as a Kubernetes API server does.`, {
    remedy: "Check the server's address in the kubeconfig.",
  });
}

/** One SelfSubjectAccessReview for each resource, all at once. */
async function checkAccess(kube: Kube, signal: AbortSignal | undefined): Promise<void> {
  const answers = await Promise.all(
    needed.map(async (resource) => ({ resource, allowed: await mayWatch(kube, resource, signal) })),
  );
  const refused = answers.find((answer) => !answer.allowed);
  if (refused === undefined) return;
  throw forbiddenByRbac(
    {
      user: kube.config.getCurrentUser()?.name ?? 'this user',
      verb: 'watch',
      ...refused.resource,
      namespace: kube.namespace,
    },
    'Connecting',
  );
}

async function mayWatch(
  kube: Kube,
  resource: (typeof needed)[number],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const body = await kube.rest
    .json('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      signal,
      headersTimeoutMs: firstAnswerMs,
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace: kube.namespace, verb: 'watch', ...resource } },
      },
    })
    .catch((error: unknown) => {
      // Only strangers may not even ask what they may do.
      if (hasStatus(error, 403)) throw unauthorizedError(kube.config, error);
      throw error;
    });
  return reviewSchema.parse(body).status.allowed;
}
