import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import type { ReportProgress } from '#contract/progress.ts';
import { ensureGoProgram } from '#local-cluster/build/build-go-program.ts';
import { kubernetes } from '#local-cluster/build/go-programs.ts';
import type { GoProgram } from '#local-cluster/build/go-programs.ts';
import { findGoToolchain } from '#local-cluster/build/go-toolchain.ts';
import { createLocalCluster } from '#local-cluster/local-cluster.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';

const kwok: GoProgram = {
  name: 'kwok',
  title: 'kwok, which plays nodes and pods',
  packages: { 'sigs.k8s.io/kwok/cmd/kwok': 'kwok' },
};
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const localRecipe = folder('../../src/local-cluster/recipe');
const nodes = 10;

/** A real control plane with a real scheduler, whose nodes and pods are played by kwok: nothing in them runs. */
export interface PlayedCluster extends AsyncDisposable {
  kubeconfigPath: string;
}

export async function startPlayedCluster(report: ReportProgress): Promise<PlayedCluster> {
  const cacheDir = defaultPaths(process.env).cache;
  const local = { cacheDir, report, recipeDir: localRecipe };
  const toolchain = () => findGoToolchain(local);
  const programs = {
    kubernetes: await ensureGoProgram(local, kubernetes, toolchain),
    kwok: await ensureGoProgram({ ...local, recipeDir: folder('../recipe') }, kwok, toolchain),
  };
  const stateDir = await mkdtemp(join(tmpdir(), 'guildnet-scale-'));
  const cluster = createLocalCluster({
    name: 'bench-scale',
    level: 'control-plane',
    stateDir,
    cacheDir,
    recipeDir: localRecipe,
  });
  const players: ChildProcess[] = [];
  const dispose = async (): Promise<void> => {
    await Promise.all(players.map(end));
    await cluster.reset({ report });
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    const { kubeconfigPath } = await cluster.up({ report });
    const play = (program: string, args: string[]): void => {
      const log = openSync(join(stateDir, `${basename(program)}.log`), 'a');
      players.push(spawn(program, args, { stdio: ['ignore', log, log] }));
      closeSync(log);
    };
    play(join(programs.kwok, 'kwok'), [
      `--kubeconfig=${kubeconfigPath}`,
      `--config=${folder('stages.yaml')}`,
      '--manage-all-nodes',
      '--node-lease-duration-seconds=40',
    ]);
    // Its defaults would bind fifty pods a second, and we would measure those.
    const rate = ['--kube-api-qps=1000', '--kube-api-burst=2000'];
    play(join(programs.kubernetes, 'kube-scheduler'), [
      `--kubeconfig=${kubeconfigPath}`,
      '--leader-elect=false',
      '--secure-port=0',
      ...rate,
    ]);
    await makeNodes(kubeconfigPath);
    return { kubeconfigPath, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function makeNodes(kubeconfigPath: string): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath);
  const core = config.makeApiClient(CoreV1Api);
  for (let index = 1; index <= nodes; index += 1)
    await core.createNode({ body: { metadata: { name: `played-${index}` } } });
  await waitUntil(
    async () => {
      const { items } = await core.listNode();
      const ready = items.filter(({ status }) =>
        status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
      );
      return ready.length === nodes;
    },
    { what: 'the played nodes to be ready', timeoutMs: 60_000 },
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
