import { z } from 'zod';
import { cutTextOf, listOf, textOf } from './bounded.ts';

/** With `user:` before it, it is the `owner` of a workspace, which has 253 characters at most. Control servers' are shorter. */
const login = textOf(240).min(1);
const device = z.object({
  /** What its owner calls it. Names can be chosen, so nothing is decided by them. */
  name: cutTextOf(253),
  /** What the tailnet's control server calls it, for good (StableNodeID). */
  id: textOf(240).min(1),
});

/**
 * Who is on the other end of a tailnet connection, as whois says. `capabilities`: the values of the app capability
 * `guildnet.io/cap`, each as the JSON text that it came as; what they mean is read where it is decided by them.
 */
export const peerSchema = z.object({
  kind: z.literal('peer'),
  login,
  device,
  tags: listOf(textOf(253).min(1), 64),
  capabilities: listOf(textOf(16_384), 64),
});
export type Peer = z.infer<typeof peerSchema>;

/** Who asks. `local`: the user of this computer who runs the host, by token, sign-in or window. */
export const whoSchema = z.discriminatedUnion('kind', [z.object({ kind: z.literal('local') }), peerSchema]);
export type Who = z.infer<typeof whoSchema>;
