import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { stringify } from 'yaml';

/** For tests: a kubeconfig like another one, with some of its cluster or all of its user replaced. */
export interface TestKubeconfig extends AsyncDisposable {
  path: string;
  folder: string;
}

export async function deriveKubeconfig(
  from: string,
  change: { cluster?: Record<string, unknown>; user?: Record<string, unknown> } = {},
): Promise<TestKubeconfig> {
  const config = new KubeConfig();
  config.loadFromFile(from);
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (cluster === null || user === null) throw new Error('the test kubeconfig has no current context');
  const content = {
    clusters: [
      {
        name: 'c',
        cluster: { server: cluster.server, 'certificate-authority-data': cluster.caData, ...change.cluster },
      },
    ],
    users: [
      {
        name: 'u',
        user: change.user ?? {
          'client-certificate-data': user.certData,
          'client-key-data': user.keyData,
          token: user.token,
        },
      },
    ],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  return temporaryKubeconfig(stringify(content));
}

/** A kubeconfig file with exactly this text. */
export async function temporaryKubeconfig(text: string): Promise<TestKubeconfig> {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-kubeconfig-'));
  const path = join(folder, 'config');
  await writeFile(path, text, { mode: 0o600 });
  return { path, folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
