import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { connectHost, readToken } from '#cli/client/host-client.ts';
import type { HostConnection } from '#cli/client/host-client.ts';
import { localImages } from '#local-cluster/images.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import type { HeadlessHost } from '#test/headless-host.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { runningAt } from '../launch/by-guildnet.ts';
import { forwardPort } from '../launch/forward-port.ts';
import { onlineCluster } from '../launch/online-cluster.ts';
import type { Contender } from './load.ts';

/** A host of ours with one workspace of the echo image, and the pod that it runs in. */
export interface OurContender extends AsyncDisposable {
  contender: Contender;
  pod: string;
}

/** A host of ours and the address of its workspace of the echo image. */
export interface EchoHost extends AsyncDisposable {
  host: HeadlessHost;
  connection: HostConnection;
  id: string;
  url: string;
  pod: string;
}

/** `program` is the command's file of another working copy to measure that one. */
export async function echoHost(namespace: TestNamespace, program?: string): Promise<EchoHost> {
  const owned = new AsyncDisposableStack();
  try {
    const host = owned.use(
      await startHeadlessHost({
        kubeconfigPath: namespace.kubeconfigPath,
        namespace: namespace.name,
        ...(program === undefined ? {} : { program }),
      }),
    );
    const connection = await connectHost(host);
    await onlineCluster(connection.client);
    const { id } = await connection.client.workspaces.create({ image: localImages.echo, home: false });
    const url = await runningAt(connection, id);
    const { items } = await namespace.core.listNamespacedPod({
      namespace: namespace.name,
      labelSelector: `guildnet.io/id=${id}`,
    });
    return {
      host,
      connection,
      id,
      url,
      pod: items[0]?.metadata?.name ?? '',
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    };
  } catch (error) {
    await owned.disposeAsync();
    throw error;
  }
}

export async function ourHost(name: string, namespace: TestNamespace, program?: string): Promise<OurContender> {
  const { host, url, pod, ...owned } = await echoHost(namespace, program);
  const contender: Contender = {
    name,
    url,
    address: `127.0.0.1:${new URL(url).port}`,
    ca: await readFile(host.caFile, 'utf8'),
    headers: await asOwner(host.tokenFile),
    pids: [host.child.pid ?? 0],
  };
  return { contender, pod, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
}

/** A port of such a workspace at this machine, without TLS and without a proxy. */
export async function ourForward(name: string, namespace: TestNamespace, program?: string): Promise<OurContender> {
  const { host, connection, id, pod, ...owned } = await echoHost(namespace, program);
  const dispose = (): PromiseLike<void> => owned[Symbol.asyncDispose]();
  try {
    const place = { local_port: 0, address: '127.0.0.1' };
    const { local_port: port } = await connection.client.forwards.open({ id, port: 8080, ...place });
    const address = `127.0.0.1:${String(port)}`;
    const contender: Contender = {
      name,
      url: `http://localhost:${String(port)}/`,
      address,
      headers: {},
      pids: [host.child.pid ?? 0],
    };
    return { contender, pod, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function asOwner(tokenFile: string | undefined): Promise<Record<string, string>> {
  return tokenFile === undefined ? {} : { 'proxy-authorization': `Bearer ${await readToken(tokenFile)}` };
}

/** kubectl's forwarded port, without TLS and without a proxy. */
export async function bareKubectl(
  kubectl: string,
  namespace: TestNamespace,
  pod: string,
): Promise<{ contender: Contender } & AsyncDisposable> {
  const common = ['--kubeconfig', namespace.kubeconfigPath, '--namespace', namespace.name];
  const forward = await forwardPort(kubectl, common, pod, 8080);
  const address = `127.0.0.1:${forward.port}`;
  return {
    contender: { name: 'kubectl', url: `http://localhost:${forward.port}/`, address, headers: {}, pids: [forward.pid] },
    [Symbol.asyncDispose]: () => forward[Symbol.asyncDispose](),
  };
}

const listening = z.object({ address: z.string(), ca: z.string() });

/** Go's own reverse proxy behind TLS, in front of a forwarded port, whose work counts as well. */
export async function goProxy(
  program: string,
  kubectl: Contender,
): Promise<{ contender: Contender } & AsyncDisposable> {
  const child = spawn(program, ['reverse-proxy', kubectl.address], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const lines = createInterface({ input: child.stdout });
  lines.once('line', resolve);
  lines.once('close', () => reject(new Error('The reverse proxy ended before it listened.')));
  const { address, ca } = listening.parse(JSON.parse(await promise));
  const port = address.slice(address.lastIndexOf(':') + 1);
  return {
    contender: {
      name: 'Go + kubectl',
      url: `https://localhost:${port}/`,
      address,
      ca,
      headers: {},
      pids: [child.pid ?? 0, ...kubectl.pids],
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}
