import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Preset } from '#contract/image-defaults.ts';

const cli = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

export interface HeadlessHostOptions {
  /** `undefined`: a machine without any cluster. */
  kubeconfigPath?: string | undefined;
  namespace?: string;
  presets?: readonly Preset[];
  /** `address:port`; a free port of loopback when not given. */
  listen?: string;
  args?: readonly string[];
  /** The command's file, of another working copy for example; this one's by default. */
  program?: string;
  env?: NodeJS.ProcessEnv;
  /** The folder of a host that was there before; whoever made it removes it. */
  home?: string;
}

/** A `guildnet serve` of its own, in a process and a home folder of its own. Disposing of it stops it and removes the folder. */
export interface HeadlessHost extends AsyncDisposable {
  readonly url: string;
  readonly caFile: string;
  /** Signs one browser in, once. */
  readonly link: string;
  /** What programs show: for `connectHost`, which takes a whole HeadlessHost. */
  readonly tokenFile: string | undefined;
  readonly home: string;
  readonly child: ChildProcess;
  /** All it wrote to stderr so far. */
  complaints(): string;
  /** Asks it to stop (SIGTERM) and returns its exit code. */
  stop(): Promise<number | null>;
}

/** The environment of a program under test: nothing of this machine's kubeconfig or GuildNet shows through. */
export function isolatedEnv(home: string, options: HeadlessHostOptions): NodeJS.ProcessEnv {
  const {
    KUBECONFIG: _1,
    GUILDNET_NAMESPACE: _2,
    LISTEN_LOCAL: _3,
    PROXY_ORIGIN_MODE: _4,
    LOCAL_AUTH: _5,
    ...inherited
  } = process.env;
  return {
    ...inherited,
    GUILDNET_HOME: home,
    // As from a terminal: what a login shell would add to it is this machine's, too.
    TERM: 'dumb',
    // Without a kubeconfig of its own, a person's ~/.kube/config must not be found either.
    ...(options.kubeconfigPath === undefined ? { HOME: home } : { KUBECONFIG: options.kubeconfigPath }),
    ...(options.namespace === undefined ? {} : { GUILDNET_NAMESPACE: options.namespace }),
    ...options.env,
  };
}

/** A fresh home folder, with the presets in its config.yaml. */
export async function makeHome(presets: readonly Preset[] | undefined): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'guildnet-home-'));
  if (presets !== undefined) await writeFile(join(home, 'config.yaml'), stringify({ presets }));
  return home;
}

const listening = z.object({
  type: z.literal('listening'),
  url: z.string(),
  ca_file: z.string(),
  link: z.string().optional(),
});

/** Starts a host and resolves once it listens. Rejects with all it said when it ends before that. */
export async function startHeadlessHost(options: HeadlessHostOptions): Promise<HeadlessHost> {
  if (options.home !== undefined) return await startIn(options.home, options);
  const home = await makeHome(options.presets);
  try {
    return await startIn(home, options);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(home: string, options: HeadlessHostOptions): Promise<HeadlessHost> {
  const args = [
    options.program ?? cli,
    'serve',
    '--json',
    '--listen',
    options.listen ?? '127.0.0.1:0',
    ...(options.args ?? []),
  ];
  const child = spawn(process.execPath, args, { env: isolatedEnv(home, options), stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const stop = async (): Promise<number | null> => {
    // An ended one has either of them.
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await closed;
    return child.exitCode;
  };
  const first = await Promise.race([firstLine(child), closed.then(() => undefined)]);
  if (first === undefined) {
    throw new Error(`guildnet serve ended with ${String(child.exitCode ?? child.signalCode)}:\n${complaints}`);
  }
  const { url, ca_file: caFile, link } = listening.parse(JSON.parse(first));
  return {
    url,
    caFile,
    // One of before there was access has neither, and a bench may run it beside this one.
    link: link ?? url,
    tokenFile: link === undefined ? undefined : join(home, 'state', 'token'),
    home,
    child,
    complaints: () => complaints,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

/** The first line on stdout; the rest is read too, so that the pipe never fills. */
async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The child has no stdout.');
  const lines = createInterface({ input: child.stdout });
  const { promise, resolve } = Promise.withResolvers<string>();
  lines.on('line', resolve);
  return promise;
}
