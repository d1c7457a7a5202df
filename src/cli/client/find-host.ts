import { dirname, join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { namesAuthorityFile } from '#host/certs/names-authority-file.ts';
import { readHostRecord } from './host-record.ts';
import type { HostAddress } from './host-client.ts';

/**
 * The host a command talks to: the one given with --host, or the one that runs on this machine. The token is named by its
 * file, never given itself: a command line is everybody's to read. Of a host on this machine it is the one in its home.
 */
export async function findHost(
  options: { host?: string; ca?: string; tokenFile?: string },
  env: NodeJS.ProcessEnv,
): Promise<HostAddress & { pid?: number }> {
  const tokenFile = options.tokenFile ?? (env['GUILDNET_TOKEN_FILE']?.trim() || undefined);
  if (options.host !== undefined) return { url: parseHostUrl(options.host), caFile: options.ca, tokenFile };
  const { home } = defaultPaths(env);
  const { url, caFile, pid } = await readHostRecord(home);
  const besides = options.ca === undefined ? { file: namesAuthorityFile(dirname(caFile)) } : undefined;
  return { url, caFile: options.ca ?? caFile, besides, pid, tokenFile: tokenFile ?? join(home, 'state', 'token') };
}

/** An origin such as `https://localhost:8080`; a host speaks nothing but HTTPS and has no path. */
export function parseHostUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search !== '' || url.username !== '') {
    throw new GuildNetError('bad_config', `"${text}" is not the address of a host.`, {
      remedy: 'Write it as https://name:port, for example https://localhost:8080.',
    });
  }
  return url.origin;
}
