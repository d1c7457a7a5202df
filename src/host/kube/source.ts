import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Where the cluster's address and credentials come from. */
export type ClusterSource =
  /** `path` as in KUBECONFIG: one file, or several joined by the platform's delimiter. */
  | { kind: 'kubeconfig'; path?: string; context?: string }
  | { kind: 'in-cluster' }
  | { kind: 'local'; kubeconfigPath: string };

export const serviceAccountDir = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The kubeconfig that is used when none is named: KUBECONFIG, else ~/.kube/config. */
export function defaultKubeconfig(env: NodeJS.ProcessEnv): string {
  const named = env['KUBECONFIG'];
  if (named !== undefined && named !== '') return named;
  return join(env['HOME'] ?? env['USERPROFILE'] ?? homedir(), '.kube', 'config');
}

/**
 * Whether anything is configured at all, without contacting it: a pod's service account first, then KUBECONFIG, then
 * ~/.kube/config with a current context. A file that is named or does not parse counts as configured: its defect is
 * for `connectKube` to report, not a reason to go and use something else.
 */
export async function configuredSource(env: NodeJS.ProcessEnv): Promise<ClusterSource | undefined> {
  if (env['KUBERNETES_SERVICE_HOST'] !== undefined && (await exists(join(serviceAccountDir, 'token'))))
    return { kind: 'in-cluster' };
  const path = defaultKubeconfig(env);
  if (env['KUBECONFIG'] !== undefined && env['KUBECONFIG'] !== '') return { kind: 'kubeconfig', path };
  if (!(await exists(path))) return undefined;
  return (await hasCurrentContext(path)) ? { kind: 'kubeconfig', path } : undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function hasCurrentContext(path: string): Promise<boolean> {
  try {
    const content: unknown = parse(await readFile(path, 'utf8'));
    if (content === null || typeof content !== 'object' || Array.isArray(content)) return content !== null;
    return (
      'current-context' in content &&
      typeof content['current-context'] === 'string' &&
      content['current-context'] !== ''
    );
  } catch {
    // Unreadable or broken: configured, and connectKube says what is wrong with it.
    return true;
  }
}
