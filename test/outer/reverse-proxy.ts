import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { OuterFront } from './outer-front.ts';

const prepared = z.object({ program: z.string(), cert: z.string(), key: z.string() });

async function prepare(names: readonly string[]): Promise<z.infer<typeof prepared>> {
  const script = fileURLToPath(new URL('prepare-reverse-proxy.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...names], { maxBuffer: 1024 * 1024 });
  return prepared.parse(JSON.parse(stdout));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const accepted = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return accepted;
}

/**
 * Skipper, a reverse proxy of others, as the machine `name` that ends TLS with a certificate for it and all names below. Its port
 * stands for that machine's 443: browsers have to be told so.
 */
export async function startReverseProxy(name: string): Promise<OuterFront> {
  const { program, cert, key } = await prepare([name, `*.${name}`]);
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-front-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await writeFile(certFile, cert);
  await writeFile(keyFile, key, { mode: 0o600 });
  const port = await freePort();
  let child: ChildProcess | undefined;
  let said = '';
  return {
    origin: `https://${name}`,
    port,
    certificate: cert,
    async leadTo(hostPort) {
      const args = [
        `-address=127.0.0.1:${String(port)}`,
        '-support-listener=',
        '-metrics-listener=',
        `-tls-cert=${certFile}`,
        `-tls-key=${keyFile}`,
        // The host's own certificate is for localhost.
        '-insecure',
        '-proxy-preserve-host',
        '-experimental-upgrade',
        '-access-log-disabled',
        `-inline-routes=all: * -> "https://127.0.0.1:${String(hostPort)}";`,
      ];
      const started = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      child = started;
      started.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
      await waitUntil(() => accepts(port), {
        what: 'the reverse proxy to listen',
        timeoutMs: 30_000,
        explain: () => Promise.resolve(said),
      });
    },
    async [Symbol.asyncDispose]() {
      if (child !== undefined && child.exitCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
