import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import type { Choice } from './kubeconfig/choose.ts';
import { serviceAccountDir } from './source.ts';

/** A pod's own cluster and service account (client-go, rest.InClusterConfig). Throws `bad_config` where it has no token. */
export async function serviceAccountChoice(env: NodeJS.ProcessEnv): Promise<Choice> {
  const tokenFile = join(serviceAccountDir, 'token');
  try {
    await readFile(tokenFile);
  } catch (error) {
    throw new GuildNetError('bad_config', 'This pod has no service account token.', {
      remedy: 'Run it with a service account and automountServiceAccountToken: true.',
      cause: error,
    });
  }
  const host = env['KUBERNETES_SERVICE_HOST'] ?? '';
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${env['KUBERNETES_SERVICE_PORT'] ?? '443'}`;
  const entry = { name: 'in-cluster', file: serviceAccountDir, line: undefined };
  return {
    context: entry.name,
    namespace: undefined,
    server: new URL(server),
    cluster: { ...entry, fields: { server, 'certificate-authority': join(serviceAccountDir, 'ca.crt') } },
    user: { ...entry, fields: { tokenFile } },
  };
}
