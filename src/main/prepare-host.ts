import { readSettings } from '#host/config/config.ts';
import { createHost, type Host } from '#host/host.ts';
import type { Log } from '#host/observability/log.ts';
import { readTailnetConfig } from '#host/tailnet/tailnet-config.ts';
import { ensureTailnetNode } from '#local-cluster/build/tailnet-node.ts';
import { createLocalCluster } from '#local-cluster/local-cluster.ts';
import { localPresets } from '#local-cluster/local-presets.ts';
import { defaultPaths, defaultStateDir } from '#local-cluster/paths.ts';
import type { DesktopPaths } from './desktop-paths.ts';

export interface PrepareHostOptions {
  env: NodeJS.ProcessEnv;
  paths: DesktopPaths;
  version: string;
  /** Bring up the local cluster whatever is configured. */
  local: boolean;
  log: Log;
}

/** Reads the configuration and makes the host of this process, not yet started. Throws what `readSettings` throws. */
export async function prepareHost({ env: shellEnv, paths, version, local, log }: PrepareHostOptions): Promise<Host> {
  const settings = await readSettings(shellEnv, paths.home);
  const { config, env } = settings;
  log.level = config.logLevel;
  const build = { cacheDir: defaultPaths(env).cache, recipeDir: paths.recipeDir };
  return createHost({
    config,
    settings,
    log,
    version,
    env,
    localPresets,
    tailnet: {
      config: await readTailnetConfig(env, paths.home),
      program: () => ensureTailnetNode({ ...build, report: ({ step }) => log.info(step) }, paths.tailnetDir),
    },
    uiDir: paths.uiDir,
    source: local ? 'local' : 'auto',
    localCluster: createLocalCluster({
      name: 'local',
      stateDir: defaultStateDir(paths.home, 'local'),
      ...build,
      level: 'node',
    }),
  });
}
