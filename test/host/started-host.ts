import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterState } from '#contract/cluster.ts';
import { readConfig } from '#host/config/config.ts';
import { createHost } from '#host/host.ts';
import type { Host, HostOptions } from '#host/host.ts';
import { createLog } from '#host/observability/log.ts';
import type { Answer } from './answer.ts';
import { readAnswer } from './read-answer.ts';

export type { Answer } from './answer.ts';

export interface StartedHostOptions
  extends Partial<Pick<HostOptions, 'localCluster' | 'uiDir' | 'source' | 'localPresets' | 'peerOf' | 'tailnet'>> {
  kubeconfigPath?: string;
  /** A folder that outlives it; absent: one of its own. */
  home?: string;
  namespace?: string;
  env?: NodeJS.ProcessEnv;
}

export interface Ask {
  /** nobody: without the host's token, as another user of this computer would ask. */
  as?: 'owner' | 'nobody';
  /** The address of this computer that it comes from, such as `127.0.0.2`. */
  from?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | object;
}

export interface StartedHost extends AsyncDisposable {
  host: Host;
  url: string;
  port: number;
  home: string;
  ca: string;
  /** What stands in `state/token`. */
  token: string;
  /** The host's log so far, JSON lines. */
  lines: string[];
  /** A verified HTTPS request; `target` is a path on localhost, or `https://<name>.localhost/path`, sent as it is. */
  ask(target: string, ask?: Ask): Promise<Answer>;
  /** Options for a request or WebSocket of one's own, with the token. */
  to(target: string): RequestOptions & { path: string; headers: Record<string, string> };
  /** The cluster's state once it has the phase. */
  reached(phase: ClusterState['phase']): Promise<ClusterState>;
}

/** For tests: a host on a free port with a home of its own. Disposing of it stops it and removes the home. */
export async function startHost(options: StartedHostOptions = {}): Promise<StartedHost> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'guildnet-host-')));
  const removeHome = async (): Promise<void> => {
    if (options.home === undefined) await rm(home, { recursive: true, force: true });
  };
  const lines: string[] = [];
  const env: NodeJS.ProcessEnv = {
    // A person's own kubeconfig must not be found.
    HOME: home,
    LISTEN_LOCAL: '127.0.0.1:0',
    LOG_LEVEL: 'debug',
    ...(options.kubeconfigPath === undefined ? {} : { KUBECONFIG: options.kubeconfigPath }),
    ...(options.namespace === undefined ? {} : { GUILDNET_NAMESPACE: options.namespace }),
    ...options.env,
  };
  const { kubeconfigPath: _path, home: _home, namespace: _namespace, env: _env, ...rest } = options;
  const host = createHost({
    config: await readConfig(env, home),
    log: createLog({ level: 'debug', destination: { write: (line) => lines.push(line) } }),
    version: '0.0.0-test',
    env,
    certsDir: join(home, 'certs'),
    ...rest,
  });
  try {
    const { url, caFile } = await host.start();
    const port = Number(new URL(url).port);
    const ca = await readFile(caFile, 'utf8');
    const token = (await readFile(join(home, 'state', 'token'), 'utf8')).trim();
    const to: StartedHost['to'] = (target) => {
      const [, name = 'localhost', path = target] = /^https:\/\/([^/:]+)(?::\d+)?(.*)$/s.exec(target) ?? [];
      // Accepted everywhere, and never the workspace's own, which `Authorization` may be.
      const headers = { host: `${name}:${String(port)}`, 'proxy-authorization': `Bearer ${token}` };
      return { host: '127.0.0.1', port, servername: name, path, headers, ca, agent: false };
    };
    return {
      host,
      url,
      port,
      home,
      ca,
      token,
      lines,
      to,
      async ask(target, { as = 'owner', from, method = 'GET', headers = {}, body } = {}) {
        const where = to(target);
        const own = as === 'owner' ? where.headers : { host: where.headers['host'] };
        const json = typeof body === 'object';
        const request = httpsRequest({
          ...where,
          ...(from === undefined ? {} : { localAddress: from }),
          method,
          headers: { ...own, ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
        });
        request.end(json ? JSON.stringify(body) : body);
        return readAnswer(request);
      },
      async reached(phase) {
        const deadline = Date.now() + 30_000;
        for (;;) {
          const state = await host.client.cluster.get();
          if (state.phase === phase) return state;
          if (Date.now() > deadline)
            throw new Error(`The cluster is ${JSON.stringify(state)}, not ${phase}.\n${lines.slice(-20).join('')}`);
          await delay(20);
        }
      },
      async [Symbol.asyncDispose]() {
        await host.stop();
        await removeHome();
      },
    };
  } catch (error) {
    await host.stop();
    await removeHome();
    throw error;
  }
}
