import type { AddressInfo } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';
import type { Certificates } from '../certs/certificates.ts';
import type { ListenAddress } from '../config/listen-address.ts';
import { createHttpsFront } from './https-front.ts';
import type { HttpsFrontOptions } from './https-front.ts';

/** How often it is looked whether the certificate is another, in ms. */
const defaultRenewalCheckMs = 15_000;

export interface HttpsServer {
  /** The port that is listened on. */
  port: number;
  /** Stops accepting, lets short requests end, then ends every connection. */
  close(): Promise<void>;
}

export interface HttpsServerOptions extends Pick<HttpsFrontOptions, 'dispatch' | 'log' | 'patience'> {
  listen: ListenAddress;
  certificates: Certificates;
  renewalCheckMs?: number;
}

function listenError(error: NodeJS.ErrnoException, { host, port }: ListenAddress): GuildNetError {
  const where = `${host}:${String(port)}`;
  const options = (remedy: string) => ({ remedy, details: { host, port }, cause: error });
  switch (error.code) {
    case 'EADDRINUSE':
      return new GuildNetError(
        'address_in_use',
        `Port ${String(port)} of ${host} is taken by another program.`,
        options(
          `End that program (on Linux "ss -ltnp sport = :${String(port)}" names it), or set LISTEN_LOCAL to another address, for example 127.0.0.1:${String(port === 65_535 ? 8081 : port + 1)}.`,
        ),
      );
    case 'EACCES':
      return new GuildNetError(
        'bad_config',
        `This user may not listen on ${where}.`,
        options('Set LISTEN_LOCAL to a port above 1023, for example 127.0.0.1:8080.'),
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new GuildNetError(
        'bad_config',
        `${host} is not an address of this machine.`,
        options('Set LISTEN_LOCAL to 127.0.0.1:8080, or to an address of this machine.'),
      );
    default:
      return new GuildNetError(
        'internal',
        `Listening on ${where} failed: ${error.message}.`,
        options('Set LISTEN_LOCAL to another address.'),
      );
  }
}

/** Serves HTTPS at an address of this machine. Rejects with `address_in_use` or `bad_config` when it cannot listen. */
export async function serveHttps({
  listen,
  certificates,
  log,
  renewalCheckMs = defaultRenewalCheckMs,
  ...rest
}: HttpsServerOptions): Promise<HttpsServer> {
  let pair = await certificates.current();
  const { server, close } = createHttpsFront({ ...rest, pair, sni: certificates.sni, log });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, listen)));
    server.listen(listen.port, listen.host, () => {
      server.removeAllListeners('error');
      server.on('error', (error) => log.error({ err: error }, 'The server failed'));
      resolve();
    });
  });
  const renewal = setInterval(() => {
    certificates.current().then(
      (next) => {
        if (next === pair) return;
        pair = next;
        server.setSecureContext(pair);
      },
      (error: unknown) => log.error({ err: error }, 'The certificate could not be renewed'),
    );
  }, renewalCheckMs).unref();

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      clearInterval(renewal);
      await close();
    },
  };
}
