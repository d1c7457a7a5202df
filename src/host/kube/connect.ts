import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { workspaceGroup, workspacePlural } from '#contract/workspace.ts';
import { isAllowed } from './access-review.ts';
import { createClusterAccess } from './access/cluster-access.ts';
import type { ClusterAccess } from './access/cluster-access.ts';
import { fromKubeError, hasStatus } from './errors.ts';
import { forbiddenByRbac } from './forbidden.ts';
import { createKube } from './clients.ts';
import type { Kube } from './clients.ts';
import type { PluginRegistry } from './plugins/plugin-registry.ts';
import type { TailnetReach } from '../tailnet/tailnet.ts';
import type { Choice } from './kubeconfig/choose.ts';
import { loadKubeconfig } from './kubeconfig/load.ts';
import { serviceAccountChoice } from './service-account.ts';
import { defaultKubeconfig } from './source.ts';
import type { RequestObserver } from './transport.ts';
import type { ClusterSource } from './source.ts';

const versionSchema = z.object({ gitVersion: textOf(longest.token) });
const firstAnswerMs = 5_000;

/** What a host must be allowed to see before it is of any use. */
const needed = [
  { group: workspaceGroup, resource: workspacePlural },
  { group: 'apps', resource: 'deployments' },
  { group: '', resource: 'services' },
  { group: '', resource: 'pods' },
] as const;

export interface ConnectOptions {
  namespace?: string;
  signal?: AbortSignal;
  observe?: RequestObserver | undefined;
  /** The credential plugins that outlive the connection. */
  plugins?: PluginRegistry | undefined;
  /** Where KUBECONFIG and proxies are named; our own environment when absent. */
  env?: NodeJS.ProcessEnv;
  /** What of a tailnet can be dialled. */
  reach?: TailnetReach | undefined;
}

/**
 * Reads the source, contacts its cluster (`/version` within 5 s) and asks it whether we may watch what we must.
 * Throws GuildNetError: `bad_config` (missing, unreadable, not YAML, context missing: file and line named), `no_cluster`
 * (nothing configured), `cluster_offline` (refused, DNS, TLS, timeout: which), `cluster_unauthorized` (wrong, missing or
 * expired credentials, exec plugin failing), `forbidden` (the missing RBAC rule). Never a secret in the text.
 */
export async function connectKube(source: ClusterSource, options: ConnectOptions = {}): Promise<Kube> {
  const access = await accessTo(source, options);
  const kube = await contactKube(access, options);
  try {
    await checkAccess(kube, options.signal);
    return kube;
  } catch (error) {
    throw await refusalOf(error, kube, options);
  }
}

/** The way to the source's cluster, which is not contacted. Throws `bad_config` or `no_cluster`. */
export async function accessTo(source: ClusterSource, options: ConnectOptions = {}): Promise<ClusterAccess> {
  return createClusterAccess(await chosenOf(source, options.env ?? process.env), options);
}

/** The cluster once it has answered, whatever we may do in it. Throws as `connectKube` does, but for `forbidden`. */
export async function contactKube(access: ClusterAccess, options: ConnectOptions = {}): Promise<Kube> {
  const namespace = options.namespace ?? access.namespace ?? 'default';
  const kube = createKube(access, { namespace, version: 'unknown' }, options.observe);
  try {
    return { ...kube, version: await readVersion(kube, options.signal) };
  } catch (error) {
    throw await refusalOf(error, kube, options);
  }
}

/** What is told of a failed contact, which is closed. Throws the signal's reason when it was given up. */
async function refusalOf(error: unknown, kube: Kube, { signal }: ConnectOptions): Promise<GuildNetError> {
  const { access } = kube;
  const failure = hasStatus(error, 401) ? await access.unauthorized(error).catch((other: unknown) => other) : error;
  kube.close();
  signal?.throwIfAborted();
  return fromKubeError(failure, `contacting the cluster at ${access.server}`);
}

function chosenOf(source: ClusterSource, env: NodeJS.ProcessEnv): Promise<Choice> {
  switch (source.kind) {
    case 'kubeconfig':
      return loadKubeconfig(source.path ?? defaultKubeconfig(env), source.context);
    case 'local':
      return loadKubeconfig(source.kubeconfigPath);
    case 'in-cluster':
      return serviceAccountChoice(env);
  }
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
      user: kube.access.user || 'this user',
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
  try {
    const question = { namespace: kube.namespace, verb: 'watch', ...resource };
    return await isAllowed(kube.rest, question, { signal, headersTimeoutMs: firstAnswerMs });
  } catch (error) {
    // Only strangers may not even ask what they may do.
    throw hasStatus(error, 403) ? await kube.access.unauthorized(error) : error;
  }
}
