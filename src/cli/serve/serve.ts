import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import type { HostEvent } from '#contract/events.ts';
import { readSettings } from '#host/config/config.ts';
import { createHost } from '#host/host.ts';
import type { Host, HostOptions } from '#host/host.ts';
import { createLog } from '#host/observability/log.ts';
import { readTailnetConfig } from '#host/tailnet/tailnet-config.ts';
import { ensureTailnetNode } from '#local-cluster/build/tailnet-node.ts';
import { createLocalCluster } from '#local-cluster/local-cluster.ts';
import type { LocalCluster } from '#local-cluster/local-cluster.ts';
import { localPresets } from '#local-cluster/local-presets.ts';
import { defaultPaths, defaultStateDir } from '#local-cluster/paths.ts';
import type { CliContext } from '../context.ts';
import { createOutput } from '../output/output.ts';
import { progressLines } from '../progress-lines.ts';
import { stopSignal } from './stop-signal.ts';
import { clusterTeller } from './tell-cluster.ts';

export interface ServeOptions {
  listen?: string;
  local?: boolean;
  ui?: string;
  context?: string;
  namespace?: string;
  kubeconfig?: string;
  tailnet?: string;
  json?: boolean;
}

/**
 * Runs a host in this process until a signal asks it to stop, and stops it whole. Resolves after a clean stop; throws
 * when it cannot listen or is configured wrongly. That there is no cluster is told and is no reason to end.
 */
export async function serve(context: CliContext, options: ServeOptions): Promise<void> {
  const output = await createOutput(context, options);
  const { home } = defaultPaths(context.env);
  const { listen, context: kubeContext, namespace, kubeconfig, tailnet } = options;
  const flags = { listen, context: kubeContext, namespace, kubeconfig, tailnet };
  const settings = await readSettings(context.env, home, flags);
  const { config, env } = settings;
  const uiDir = uiFolder(options.ui, context.root);
  const host = createHost({
    config,
    settings,
    log: createLog({ level: config.logLevel, pretty: !output.json && context.stderr.isTTY === true }),
    localCluster: ownCluster(context, env),
    localPresets,
    tailnet: await ownTailnet(
      context,
      options.tailnet === undefined ? env : { ...env, GUILDNET_TAILNET: options.tailnet },
      home,
    ),
    env,
    version: context.version,
    source: options.local === true ? 'local' : 'auto',
    ...(uiDir === undefined ? {} : { uiDir }),
  });
  const stop = stopSignal((code) => process.exit(code));
  const watching = new AbortController();
  try {
    const started = host.start().then(({ url, caFile }) => {
      const link = host.signInLink();
      const text = `${url}\nSign a browser in (once, within ten minutes): ${link}`;
      output.result({ type: 'listening', url, ca_file: caFile, link }, () => text);
      return follow(host, clusterTeller(output, progressLines(context.stderr)), watching.signal);
    });
    // Whichever comes first: a start that fails is an error even though nobody asked to stop.
    await Promise.race([stop.requested, started.then(() => stop.requested)]);
    output.note('stopping');
  } finally {
    watching.abort();
    await host.stop();
    stop.dispose();
  }
}

/** Hands on the host's own events until `signal` ends it. */
async function follow(host: Host, tell: (event: HostEvent) => void, signal: AbortSignal): Promise<void> {
  try {
    for await (const event of await host.client.host.watch(undefined, { signal })) tell(event);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The person's own local cluster, that `guildnet cluster` manages too. */
function ownCluster(context: CliContext, env: NodeJS.ProcessEnv): LocalCluster {
  const { home, cache } = defaultPaths(env);
  return createLocalCluster({
    name: 'local',
    stateDir: defaultStateDir(home, 'local'),
    cacheDir: cache,
    recipeDir: join(context.root, 'src', 'local-cluster', 'recipe'),
    level: 'node',
  });
}

/** How this host is to be on a tailnet, and its node, which is built when it is needed first. */
async function ownTailnet(
  context: CliContext,
  env: NodeJS.ProcessEnv,
  home: string,
): Promise<NonNullable<HostOptions['tailnet']>> {
  const build = {
    cacheDir: defaultPaths(env).cache,
    recipeDir: join(context.root, 'src', 'local-cluster', 'recipe'),
    report: progressLines(context.stderr),
  };
  return { config: await readTailnetConfig(env, home), program: () => ensureTailnetNode(build, context.root) };
}

/** The folder given, which must hold a UI, or the one that `npm run build` makes, if it was made. */
function uiFolder(given: string | undefined, root: string): string | undefined {
  const built = join(root, 'out', 'renderer');
  const dir = given ?? built;
  if (existsSync(join(dir, 'index.html'))) return dir;
  if (given === undefined) return undefined;
  throw new GuildNetError('bad_config', `The folder ${given} holds no built UI: there is no index.html in it.`, {
    remedy: `Build it with "npm run build"; it is then in ${built}.`,
  });
}
