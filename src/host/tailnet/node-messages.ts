import { z } from 'zod';
import { cutText, cutTextOf, listOf, longest, most, textOf } from '#contract/bounded.ts';

/*
 * What the tailnet node says (`tailnet-node/`). Its words come from a control server that may be anybody's, so every one of
 * them is bounded here.
 */

const nullableList = <Item extends z.ZodType>(item: Item, max: number) =>
  listOf(item, max)
    .nullish()
    .transform((list) => list ?? []);

/** The whole state of the node, whenever it has changed. */
const statusSchema = z.object({
  event: z.literal('status'),
  /** ipn.State: NoState, NeedsLogin, NeedsMachineAuth, Stopped, Starting, Running, InUseOtherUser. */
  state: cutTextOf(longest.label),
  authUrl: textOf(longest.url).optional(),
  health: nullableList(cutTextOf(longest.reason), 64),
  ips: nullableList(textOf(longest.label), 16),
  /** What the control server complains about. */
  error: cutTextOf(longest.reason).nullish(),
  certDomains: nullableList(textOf(longest.name), 64),
  /** MagicDNS name, with the dot at its end. */
  name: textOf(longest.name + 1).optional(),
  login: textOf(320).optional(),
  tags: nullableList(textOf(longest.name), 64),
  keyExpiry: cutTextOf(longest.token).nullish(),
  online: z.boolean().optional(),
});
export type NodeStatus = z.infer<typeof statusSchema>;

const eventSchema = z.discriminatedUnion('event', [
  statusSchema,
  z.object({ event: z.literal('outwards'), address: textOf(longest.name) }),
  /** Who is there, or what they may, has changed. */
  z.object({ event: z.literal('peers') }),
  z.object({ event: z.literal('error'), message: cutTextOf(longest.reason) }),
]);
export type NodeEvent = z.infer<typeof eventSchema> | UnreadMessage;

/** What stands for values of a capability that are not looked at, and is no grant itself; the node (`commands.go`) says the first as well. */
export const unreadValues = { tooLong: 'a value that is too long', more: 'more values than are read' } as const;

/** Values of a capability that are looked at: a policy of thousands of grants may give somebody any number. */
const mostValues = 64;

/**
 * The values of the app capability `guildnet.io/cap`, as the policy has them. Those beyond what is looked at give nothing, and one text that is
 * no grant stands for them: somebody's page then says so, and that nothing was granted is never concluded from it.
 */
export const capabilityValues = nullableList(z.unknown(), most.inAList).transform((values) =>
  values.length <= mostValues ? values : [...values.slice(0, mostValues - 1), unreadValues.more],
);

/** Who is at an address of the tailnet. */
const peerSchema = z.object({
  login: textOf(320),
  device: z.object({ name: textOf(longest.name + 1), id: textOf(longest.token) }),
  tags: nullableList(textOf(longest.name), 64),
  capabilities: capabilityValues,
});
export type NodePeer = z.infer<typeof peerSchema>;

const reportSchema = z.object({
  udp: z.boolean(),
  ipv4: z.boolean(),
  ipv6: z.boolean(),
  /** Whether the NAT in front gives every destination another port: then connections are relayed more often. */
  hardNat: z.boolean().optional(),
  relays: listOf(z.object({ name: cutTextOf(longest.label), ms: z.number(), preferred: z.boolean() }), 256),
});

/** A chain has a handful of certificates of 2 KB. */
export const longestPem = 64 * 1024;

const routeSchema = z.object({
  cidr: textOf(longest.label),
  /** MagicDNS name of the node that leads there. */
  via: textOf(longest.name + 1),
  online: z.boolean(),
});

const replySchema = z.object({
  id: z.int(),
  error: cutTextOf(longest.reason).optional(),
  peer: peerSchema.optional(),
  report: reportSchema.optional(),
  address: textOf(longest.label).optional(),
  routes: listOf(routeSchema, 4_096).optional(),
  /** A certificate with its chain, and its key, both PEM. */
  certificate: textOf(longestPem).optional(),
  key: textOf(longestPem).optional(),
});
export type NodeReply = z.infer<typeof replySchema>;

/** Of what cannot be read, as much as says what it was. */
const beginningSchema = z.object({ id: z.int().optional(), event: textOf(longest.label).optional() });

/** A message that is none of those above, with why: a reply has somebody who waits for it, and a state is what people are shown. */
export interface UnreadMessage {
  event: 'unread';
  what: { reply: number } | 'status' | 'other';
  why: string;
}

/** One line of the node's. */
export function readNodeMessage(line: string): NodeEvent | NodeReply {
  const unread = (what: UnreadMessage['what'], why: string): UnreadMessage => ({ event: 'unread', what, why });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return unread('other', 'it is no JSON');
  }
  const { id, event } = beginningSchema.safeParse(value).data ?? {};
  const read = id === undefined ? eventSchema.safeParse(value) : replySchema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const why = cutText(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`, longest.reason);
  return unread(id === undefined ? (event === 'status' ? 'status' : 'other') : { reply: id }, why);
}

/** What the node is told first (`config` of its main.go). */
export interface NodeConfig {
  controlUrl: string;
  authKey: string;
  hostname: string;
  dir: string;
  ephemeral: boolean;
  acceptRoutes: boolean;
  /** `host:port` to which it hands connections. */
  forward: string;
  secret: string;
  /** Connections from the tailnet that may be open at a time: of one device, whatever its addresses, and of all together. */
  perDevice: number;
  all: number;
}

export type NodeCommand =
  | { do: 'listen' | 'close'; port: number }
  | { do: 'whois' | 'locate' | 'certificate'; addr: string }
  | { do: 'login'; authKey: string }
  | { do: 'logout' | 'netcheck' | 'routes' };
