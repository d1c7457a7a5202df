import { GuildNetError } from '#contract/errors.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import { readHostRecord } from './host-record.ts';
import type { HostAddress } from './host-client.ts';

/** The host a command talks to: the one given with --host, or the one that runs on this machine. */
export async function findHost(
  options: { host?: string; ca?: string },
  env: NodeJS.ProcessEnv,
): Promise<HostAddress & { pid?: number }> {
  if (options.host !== undefined) return { url: parseHostUrl(options.host), caFile: options.ca };
  const { url, caFile, pid } = await readHostRecord(defaultPaths(env).home);
  return { url, caFile: options.ca ?? caFile, pid };
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
