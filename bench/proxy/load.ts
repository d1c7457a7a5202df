import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** A way to the same server in the same pod. */
export interface Contender {
  name: string;
  url: string;
  /** Where it listens: `host:port`. */
  address: string;
  /** The authority of its certificate in PEM; none for plain HTTP. */
  ca?: string;
  headers: Readonly<Record<string, string>>;
  /** The processes that do the work on this machine. */
  pids: readonly number[];
}

/** What clients do; see `load.go` of the recipe. */
export type Job =
  | { path: string; connections: number; seconds: number; upload?: number; fresh?: boolean }
  | { path: string; silence: number; times: number };

const seenSchema = z.object({
  Requests: z.number(),
  Failed: z.number(),
  Bytes: z.number(),
  Seconds: z.number(),
  P50: z.number(),
  P99: z.number(),
  Latencies: z.array(z.number()).default([]),
  Problem: z.string().optional(),
});
export type Seen = z.infer<typeof seenSchema>;

/** Plays the clients and resolves with what they saw, latencies in microseconds. `program` is the recipe's. */
export async function load(program: string, contender: Contender, job: Job): Promise<Seen> {
  const { path, ...how } = job;
  const child = spawn(program, ['load'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const [output, complaint] = [text(child.stdout), text(child.stderr)];
  const { url, address, ca = '', headers } = contender;
  // On stdin: headers may hold what nobody else on this machine should read.
  child.stdin.end(JSON.stringify({ url: new URL(path, url).href, address, ca, headers, connections: 1, ...how }));
  await closed;
  if (child.exitCode !== 0) throw new Error(`The clients of ${contender.name} failed: ${await complaint}`);
  const seen = seenSchema.parse(JSON.parse(await output));
  if (seen.Failed > 0) throw new Error(`${seen.Failed} requests to ${contender.name} failed: ${seen.Problem ?? ''}`);
  return seen;
}
