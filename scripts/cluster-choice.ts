import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const kubeconfigSchema = z.object({
  'current-context': z.string().optional(),
  contexts: z.array(z.object({ name: z.string() })).nullish(),
});

/** The kubeconfig files that kubectl would read, in its order. */
export function kubeconfigFiles(env: NodeJS.ProcessEnv): string[] {
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  return named.length > 0 ? named : [join(env['HOME'] ?? homedir(), '.kube', 'config')];
}

/**
 * Whether kubeconfig texts, taken together as kubectl does, name a current context. The first that names one decides;
 * its entry may stand in any of them. A text that does not parse counts as chosen: it is for the host to say what is wrong with it.
 */
export function namesCluster(texts: readonly string[]): boolean {
  const configs = texts.map((text) => {
    try {
      return kubeconfigSchema.parse(parse(text) ?? {});
    } catch {
      return undefined;
    }
  });
  if (configs.includes(undefined)) return true;
  const current = configs
    .map((config) => config?.['current-context'])
    .find((name) => name !== undefined && name !== '');
  return configs.some((config) => config?.contexts?.some(({ name }) => name === current));
}

/**
 * Whether nothing but the local cluster is left to use: no kubeconfig names a cluster, and we do not run in a pod,
 * where the environment names it.
 */
export function needsLocalCluster(env: NodeJS.ProcessEnv): boolean {
  if (env['KUBERNETES_SERVICE_HOST']) return false;
  const files = kubeconfigFiles(env).filter((file) => existsSync(file));
  return !namesCluster(files.map((file) => readFileSync(file, 'utf8')));
}
