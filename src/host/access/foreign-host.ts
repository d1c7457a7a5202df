import { GuildNetError } from '#contract/errors.ts';
import type { AskedHost } from './asked-host.ts';

/** Said to whoever asks for this host by a name that is not its own. `remedy` where they come by a way on which localhost is their own machine. */
export function foreignHost({ authority, remedy }: Extract<AskedHost, { kind: 'foreign' }>): GuildNetError {
  return new GuildNetError('forbidden', `This host is not known by the name "${authority}".`, {
    remedy: remedy ?? 'Open it as https://localhost with its port, or list the name in GUILDNET_ALLOWED_HOSTS.',
  });
}
