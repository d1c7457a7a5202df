import { z } from 'zod';
import { cutTextOf, listOf, longest, mapOf, most, openObject, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { capabilityValues } from '../node-messages.ts';
import type { NodePeer } from '../node-messages.ts';

/*
 * What a machine's own tailscaled says by its LocalAPI (tailscale.com/ipn/ipnstate, apitype, ipn). Go writes null for an empty list.
 */

const list = <Item extends z.ZodType>(item: Item, max: number) =>
  listOf(item, max)
    .nullish()
    .transform((items) => items ?? []);

const nodeSchema = openObject({
  ID: textOf(longest.token).optional(),
  DNSName: textOf(longest.name + 1).optional(),
  UserID: z.number().optional(),
  Tags: list(textOf(longest.name), 64),
  TailscaleIPs: list(textOf(longest.label), 16),
  PrimaryRoutes: list(textOf(longest.label), 4_096),
  Online: z.boolean().optional(),
  KeyExpiry: cutTextOf(longest.token).nullish(),
});

export const statusSchema = openObject({
  BackendState: cutTextOf(longest.label),
  /** Whether the machine's own network leads into the tailnet; in user space it does not. */
  TUN: z.boolean().optional(),
  AuthURL: textOf(longest.url).optional(),
  TailscaleIPs: list(textOf(longest.label), 16),
  Self: nodeSchema.nullish(),
  Health: list(cutTextOf(longest.reason), 64),
  CertDomains: list(textOf(longest.name), 64),
  Peer: mapOf(textOf(longest.token), nodeSchema, 16_384).nullish(),
  User: mapOf(textOf(longest.label), openObject({ LoginName: textOf(320) }), 16_384).nullish(),
});
export type SystemStatus = z.infer<typeof statusSchema>;

export const prefsSchema = openObject({ ControlURL: textOf(longest.url).optional() });

/** Of what is told when something changes, as much as says what has. */
export const notifySchema = openObject({
  SessionID: textOf(longest.token).nullish(),
  NetMap: z.unknown().optional(),
  SelfChange: z.unknown().optional(),
  PeersChanged: z.unknown().optional(),
  PeersRemoved: z.unknown().optional(),
});

const whoisSchema = openObject({
  Node: openObject({
    Name: textOf(longest.name + 1),
    StableID: textOf(longest.token),
    Tags: list(textOf(longest.name), 64),
  }),
  UserProfile: openObject({ LoginName: textOf(320) }),
  CapMap: openObject({ 'guildnet.io/cap': capabilityValues }).nullish(),
});

/** Somebody as the node of our own would tell of them. */
export function readWhois(text: string): NodePeer {
  const { Node: node, UserProfile: user, CapMap: caps } = parsed(whoisSchema, text);
  return {
    login: user.LoginName,
    device: { name: node.Name, id: node.StableID },
    tags: node.Tags,
    capabilities: caps?.['guildnet.io/cap'] ?? [],
  };
}

const handlerSchema = openObject({ TCPForward: cutTextOf(longest.url).optional() });
const portsSchema = mapOf(textOf(5), handlerSchema, 16_384).nullish();

/** What tailscaled serves, of which we know as much as we change; the rest is kept as it is. */
export const serveConfigSchema = openObject({
  TCP: portsSchema,
  Foreground: mapOf(textOf(longest.token), openObject({ TCP: portsSchema }), most.entries).nullish(),
}).nullable();
export type ServeConfig = NonNullable<z.infer<typeof serveConfigSchema>>;

/** Throws `upstream_failed` for what is none. */
export function parsed<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new GuildNetError('upstream_failed', 'The tailscaled of this computer says what is not understood.', {
      remedy: 'Bring Tailscale up to date, or use GUILDNET_TAILNET=embedded.',
      cause,
    });
  }
}
