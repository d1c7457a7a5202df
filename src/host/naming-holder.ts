import { GuildNetError } from '#contract/errors.ts';
import type { HostConfig } from './config/config.ts';
import { findRunningHost } from './host-file.ts';

/** When the port is taken by another GuildNet with the same home, that is who to ask. */
export async function namingHolder(
  error: unknown,
  { home, listen }: Pick<HostConfig, 'home' | 'listen'>,
): Promise<unknown> {
  if (!(error instanceof GuildNetError) || error.code !== 'address_in_use') return error;
  const holder = await findRunningHost(home);
  if (holder === undefined || new URL(holder.url).port !== String(listen.port)) return error;
  return new GuildNetError(
    'address_in_use',
    `GuildNet is already running at ${holder.url} (process ${String(holder.pid)}).`,
    {
      remedy: 'Use that one, or end it first; to run a second one, set LISTEN_LOCAL and GUILDNET_HOME to others.',
      details: { ...error.details, pid: holder.pid },
      cause: error,
    },
  );
}
