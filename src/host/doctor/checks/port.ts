import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Finding } from '#contract/doctor.ts';
import { findRunningHost } from '../../host-file.ts';
import { failed, ok } from '../check.ts';
import type { Check } from '../check.ts';

/** `address`: where a host is to listen; `listening`: `free`, or why one cannot (errno); `running`: the URL of the one that runs, if any. Pure. */
export function judgePort(address: { host: string; port: number }, listening: string, running?: string): Finding {
  const where = `${address.host}:${String(address.port)}`;
  if (running !== undefined && new URL(running).port === String(address.port))
    return ok(`A host of yours runs at ${running}.`);
  const other = 'Set LISTEN_LOCAL to another address, such as 127.0.0.1:8443 (port 0: any that is free).';
  switch (listening) {
    case 'free':
      return ok(
        running === undefined ? `${where} is free to listen on; no host runs.` : `A host of yours runs at ${running}.`,
      );
    case 'EADDRINUSE':
      return failed(`Another program listens on ${where}.`, `End it (ss -ltnp says which it is), or: ${other}`);
    case 'EACCES':
      return failed(`This user may not listen on ${where}: ports below 1024 are for root.`, other);
    case 'EADDRNOTAVAIL':
      return failed(`${where} is no address of this computer.`, other);
    default:
      return failed(`One cannot listen on ${where} (${listening}).`, other);
  }
}

async function tryListening({ host, port }: { host: string; port: number }, signal: AbortSignal): Promise<string> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening', { signal });
    return 'free';
  } catch (error) {
    signal.throwIfAborted();
    return (error as NodeJS.ErrnoException).code ?? 'no reason given';
  } finally {
    server.close();
  }
}

export const port: Check = {
  id: 'port',
  title: 'Port',
  inapplicable: ({ config }) => (config === undefined ? 'The configuration cannot be read.' : undefined),
  check: async ({ config, home }, signal) => {
    if (config === undefined) return [];
    const [listening, running] = await Promise.all([tryListening(config.listen, signal), findRunningHost(home)]);
    return [judgePort(config.listen, listening, running?.url)];
  },
};
