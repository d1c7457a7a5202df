import { z } from 'zod';
import { listOf, longest, textOf, timeText } from './bounded.ts';
import { problemSchema } from './cluster.ts';

/** How many forwards a host has at most, and how many connections go through one at a time. */
export const mostForwards = 64;
export const mostForwardConnections = 512;
/** Bytes: Linux and macOS have 107 and 103 (`sun_path`), of which some are needed while the socket is made. */
export const longestSocketPath = 80;

const portSchema = z.int().min(1).max(65_535);

/** What is asked for when a port of a workspace is brought to this machine. */
export const forwardWishSchema = z.strictObject({
  port: portSchema.describe('The port in the workspace, whether declared or not.'),
  local_port: z
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe("The port of the host's machine; the same as in the workspace unless given, and 0 takes any free one."),
  address: textOf(64)
    .optional()
    .describe('The IP address to listen at. Unless given, localhost: 127.0.0.1 and, where the machine has it, ::1.'),
  allow_remote: z
    .boolean()
    .optional()
    .describe(
      'Needed for an address that other machines reach: whoever reaches it, reaches the port, without a password of ours.',
    ),
  socket: textOf(longest.path)
    .optional()
    .describe('An absolute path: a Unix socket there, for the host’s user alone, instead of a port.'),
});
export type ForwardWish = z.infer<typeof forwardWishSchema>;

/** A port of a workspace that can be reached at the host's machine, as it is now. */
export const forwardSchema = z.object({
  id: textOf(longest.token),
  workspace: textOf(longest.name),
  port: portSchema,
  /** Where it listens: `127.0.0.1:5432`, `[::1]:5432`, or the path of a socket. */
  addresses: listOf(textOf(longest.path), 8),
  local_port: portSchema.optional(),
  socket: textOf(longest.path).optional(),
  /** Other machines may reach it. */
  exposed: z.boolean(),
  /** ready: a connection gets to the workspace's pod at once; waiting: it waits for one, for twenty seconds at most. */
  state: z.enum(['ready', 'waiting']),
  /** Why it waits, or what became of the last connection where that got nowhere. */
  problem: problemSchema.optional(),
  connections: z.object({
    open: z.int().min(0),
    /** Since it was made; `refused` are those that were too many at a time. */
    total: z.int().min(0),
    refused: z.int().min(0),
  }),
  bytes: z.object({ to_workspace: z.int().min(0), from_workspace: z.int().min(0) }),
  created_at: timeText,
});
export type Forward = z.infer<typeof forwardSchema>;

export const forwardsSchema = listOf(forwardSchema, mostForwards);

/** How a forward is written for a person to connect to. */
export function shownAddress({ addresses, local_port: port, socket }: Forward): string {
  const [first = ''] = addresses;
  const isBoth = addresses.length > 1 && port !== undefined;
  return socket ?? (isBoth ? `localhost:${String(port)}` : first);
}
