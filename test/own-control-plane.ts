import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalCluster } from '#local-cluster/local-cluster.ts';
import type { LocalCluster } from '#local-cluster/local-cluster.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { createNamespace } from './create-namespace.ts';
import type { TestNamespace } from './create-namespace.ts';

/** For what a test may not do to the control plane that it shares with others. Disposing of it leaves nothing. */
export interface OwnControlPlane extends AsyncDisposable {
  cluster: LocalCluster;
  /** Goes with the cluster. */
  namespace: TestNamespace;
}

/** Brings up etcd, an API server and a controller manager; takes some seconds. `name` is unique among the tests. */
export async function ownControlPlane(name: string): Promise<OwnControlPlane> {
  const stateDir = await mkdtemp(join(tmpdir(), `guildnet-${name}-`));
  const cluster = createLocalCluster({
    name: `test-${name}`,
    level: 'control-plane',
    stateDir,
    cacheDir: defaultPaths(process.env).cache,
    recipeDir: fileURLToPath(new URL('../src/local-cluster/recipe', import.meta.url)),
  });
  const remove = async (): Promise<void> => {
    await cluster.reset();
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    const { kubeconfigPath } = await cluster.up();
    return { cluster, namespace: await createNamespace(kubeconfigPath), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
