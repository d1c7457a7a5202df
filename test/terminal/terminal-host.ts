import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { V1Pod } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import { createTerminalSockets, terminalPath } from '#host/api/terminal-sockets.ts';
import { createLog } from '#host/observability/log.ts';
import { http1Client } from '#host/proxy/exchange/upgrade-client.ts';
import { refuseUpgrade } from '#host/proxy/respond.ts';
import { createTerminals } from '#host/terminal/terminals.ts';
import type { Terminals } from '#host/terminal/terminals.ts';
import { localExec } from './local-exec.ts';

const workspace: Workspace = {
  apiVersion: 'guildnet.io/v1alpha1',
  kind: 'Workspace',
  metadata: { name: 'w', namespace: 'n', uid: 'u', resourceVersion: '1' },
  spec: { image: 'busybox' },
  status: { phase: 'Running' },
};
const pod: V1Pod = {
  metadata: { name: 'w-0', uid: 'p' },
  spec: { containers: [{ name: 'workspace' }] },
  status: {
    containerStatuses: [
      { name: 'workspace', image: '', imageID: '', ready: true, restartCount: 0, state: { running: {} } },
    ],
  },
};

export interface TerminalHost extends AsyncDisposable {
  url: string;
  terminals: Terminals;
  /** What was used, in bytes. */
  used: { input: number; output: number };
  /** Breaks every connection, as a network does. */
  breakAll(): void;
}

/** For tests: the terminals of a host over plain HTTP, with a workspace `w` whose programs are this machine's. Who may is not asked. */
export async function startTerminalHost(): Promise<TerminalHost> {
  const log = createLog({ level: 'fatal' });
  const used = { input: 0, output: 0 };
  const terminals = createTerminals({
    kube: { namespace: 'n' },
    world: {
      workspaces: { get: (id: string) => (id === 'w' ? workspace : undefined), list: () => [workspace] } as never,
      podsOf: () => [pod],
    },
    openExec: localExec,
    use: () => ({ input: (bytes) => (used.input += bytes), output: (bytes) => (used.output += bytes) }),
    log,
  });
  const answer = createTerminalSockets((id) => ({ id, terminals: () => Promise.resolve(terminals) }), log);
  const sockets = new Set<Duplex>();
  const server = createServer();
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    const client = http1Client(socket, head);
    const path = terminalPath(request.url ?? '');
    if (path === undefined)
      return refuseUpgrade(request, client, new Error('The test has asked for another path.'), '0');
    answer(path, request, client, '0').catch((error: unknown) => refuseUpgrade(request, client, error, '0'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    terminals,
    used,
    breakAll,
    async [Symbol.asyncDispose]() {
      await terminals.stop();
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
