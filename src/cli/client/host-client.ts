import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createORPCClient, ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import type WebSocket from 'ws';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { GuildNetError } from '#contract/errors.ts';
import { contract } from '#contract/routes.ts';
import type { HostClient } from '#contract/routes.ts';
import { readIfThere } from '#host/private-file.ts';
import { fromErrorBody } from './error-body.ts';
import { fromFailedRequest } from './failed-request.ts';

/**
 * Where a host is, whom its certificate is signed by (without a CA file the system's authorities are trusted) and where the
 * token stands that it asks for.
 */
export interface HostAddress {
  url: string;
  caFile?: string | undefined;
  /** Trust also the system's authorities, and this file's where it is there: a host on this machine may serve a certificate of its owner's. */
  besides?: { file: string } | undefined;
  tokenFile?: string | undefined;
}

export interface HostConnection {
  readonly url: string;
  readonly client: HostClient;
  /** Opens one of the host's WebSockets, below `/api`. Rejects as calls do. */
  readonly openSocket: (path: string) => Promise<WebSocket>;
}

/**
 * A client of the host at this address over HTTPS. Every call throws GuildNetErrors only: the host's own, or
 * `upstream_failed` when it gave no answer or not a host's. Trust is set for the whole process: one command talks to one host.
 */
export async function connectHost(address: HostAddress): Promise<HostConnection> {
  setDefaultCACertificates(
    address.caFile === undefined
      ? [...getCACertificates('default'), ...getCACertificates('system')]
      : [
          await readAuthority(address.caFile),
          ...(address.besides === undefined
            ? []
            : [
                ...[await readIfThere(address.besides.file)].filter((text) => text !== undefined),
                ...getCACertificates('default'),
                ...getCACertificates('system'),
              ]),
        ],
  );
  const { url } = address;
  const token = address.tokenFile === undefined ? undefined : await readToken(address.tokenFile);
  const link = new OpenAPILink(contract, {
    url,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    plugins: [new ResponseValidationPlugin(contract)],
    customErrorResponseBodyDecoder: (body, response) =>
      new ORPCError('HOST_ERROR', { status: response.status, cause: fromErrorBody(body, response.status, url) }),
    interceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (error) {
          throw explainFailure(error, url);
        }
      },
    ],
  });
  return {
    url,
    client: createORPCClient<HostClient>(link),
    // Most commands have no use for it.
    openSocket: async (path) => (await import('./open-socket.ts')).openSocket(url, path, token),
  };
}

/** What a failed call, or a broken stream of one, means: the host's own error, a foreign answer, or no answer. */
export function explainFailure(error: unknown, url: string): unknown {
  if (error instanceof GuildNetError || !(error instanceof Error)) return error;
  if (error instanceof ORPCError && error.cause instanceof GuildNetError) return error.cause;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return error;
  if (error instanceof ValidationError || error instanceof ORPCError) {
    return new GuildNetError('upstream_failed', `The answer of ${url} is not one that this command understands.`, {
      remedy: 'Check the address, and that host and command are of the same version ("guildnet status").',
      cause: error,
    });
  }
  return fromFailedRequest(error, url);
}

async function readAuthority(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new GuildNetError('bad_config', `The certificate authority's file ${file} cannot be read.`, {
      remedy: 'Check the path given with --ca and that the file is yours to read.',
      cause: error,
    });
  }
}

/** The token of a host, from its file. Throws `unauthorized` when it is not this user's to read. */
export async function readToken(file: string): Promise<string> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new GuildNetError('unauthorized', `The host's token cannot be read from ${file}.`, {
      remedy:
        'Run the command as the user who runs the host, or name a file with its token by --token-file or GUILDNET_TOKEN_FILE.',
      cause: error,
    });
  }
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new GuildNetError('bad_config', `The file ${file} holds no token.`, {
    remedy: "Copy it from state/token in the host's home folder.",
  });
}
