import { z } from 'zod';
import { peerSchema } from '#contract/identity.ts';
import type { Peer } from '#contract/identity.ts';
import { GuildNetError } from '#contract/errors.ts';
import { unreadValues } from '../tailnet/node-messages.ts';
import type { NodePeer } from '../tailnet/node-messages.ts';

const longestCapability = 16_384;
/** It counts as one that was given and cannot be read: what is not looked at must not be taken for nothing. */
const tooLong = JSON.stringify(unreadValues.tooLong);

/**
 * Somebody as permission knows them, from what whois says. Throws `unauthorized` for what could not be told apart from somebody
 * else: no login, or one that would have to be cut. Pure.
 */
export function toPeer({ login, device, tags, capabilities }: NodePeer): Peer {
  const parsed = peerSchema.safeParse({
    kind: 'peer',
    login,
    device: { name: device.name.replace(/\.$/, ''), id: device.id },
    tags,
    capabilities: capabilities.map((value) => {
      const text = JSON.stringify(value) ?? 'null';
      return text.length > longestCapability ? tooLong : text;
    }),
  });
  if (parsed.success) return parsed.data;
  throw new GuildNetError('unauthorized', 'The tailnet says of you what this host cannot tell apart from others.', {
    details: { problem: z.prettifyError(parsed.error).slice(0, 400) },
  });
}
