import { waitUntil } from '#local-cluster/wait-until.ts';
import { collectedMegabytes } from '../collected-heap.ts';
import { startFront } from '../front.ts';
import type { Front } from '../front.ts';
import { startHostileServer } from '../hostile-server.ts';
import type { Outcome } from '../raw-client.ts';
import { valuesOf } from '../strict-response.ts';
import { openHttp1, openHttp2Client } from './clients.ts';
import type { FuzzClient } from './clients.ts';
import { generateAnswer } from './grammar.ts';
import type { FuzzAnswer } from './grammar.ts';
import { seedOf } from './marks.ts';

export interface FuzzOptions {
  first: number;
  /** Not included. */
  end: number;
  step: number;
  /** Clients side by side. */
  lanes?: number;
  /** Told before a seed is asked, by which of the clients. */
  begin?(seed: number, lane: number): void;
  /** Told of every seed that was asked, with what is wrong about it. */
  tell(seed: number, problems: readonly string[], outcome: Outcome): void;
}

/** So many answers fill the caches; what the heap holds then is compared with what it holds in the end. */
const warmUp = 2_000;
/** Megabytes that come and go: pooled buffers, the TLS library's sessions, compiled code. */
const tolerated = 12;

/**
 * Asks a host for the answers of these seeds, which its workspace makes up (`grammar.ts`). Resolves with what is wrong in the
 * end with all of them together: connections, tunnels or memory that is left over.
 */
export async function runFuzz({ first, end, step, lanes = 16, begin, tell }: FuzzOptions): Promise<string[]> {
  await using server = await startHostileServer((head) => {
    const seed = /^\S+ \/f\/(\d+) /.exec(head)?.[1];
    return seed === undefined ? undefined : generateAnswer(Number(seed)).play;
  });
  await using front = await startFront(server.port);
  let next = first;
  let asked = 0;
  let warm: number | undefined;
  const lane = async (_: unknown, own: number): Promise<void> => {
    let client: FuzzClient | undefined;
    // Half of the clients speak HTTP/2.
    const open = own % 2 === 0 ? openHttp1 : openHttp2Client;
    while (next < end) {
      const seed = next;
      next += step;
      begin?.(seed, own);
      const answer = generateAnswer(seed);
      client ??= await open(front);
      const outcome = await client.ask(seed, answer);
      tell(seed, problemsOf(seed, answer, outcome), outcome);
      asked += 1;
      if (asked === warmUp) warm = await collectedMegabytes();
      if (!client.serves(answer, outcome)) {
        client.close();
        client = undefined;
      }
    }
    client?.close();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const left = await leftOvers(front, server);
  const grown = warm === undefined ? 0 : (await collectedMegabytes()) - warm;
  return grown > tolerated ? [...left, `${grown.toFixed(1)} MB more than at first are held`] : left;
}

function problemsOf(seed: number, { whole, ask }: FuzzAnswer, outcome: Outcome): string[] {
  if (outcome.kind === 'malformed') return [`the client saw ${outcome.why}`];
  const problems: string[] = [];
  const marks = valuesOf(outcome.head?.fields ?? [], 'x-mark').flatMap((mark) => seedOf(mark) ?? []);
  const foreign = marks.find((mark) => mark !== seed);
  if (foreign !== undefined) problems.push(`it got the answer of seed ${foreign}`);
  if (outcome.kind === 'complete' && outcome.head.status === 101 && ask !== 'upgrade') problems.push('an upgrade');
  if (whole !== undefined) {
    const right =
      outcome.kind === 'complete' &&
      outcome.head.status === whole.status &&
      outcome.body.toString('latin1') === whole.body;
    if (!right) problems.push(`an answer in order was seen as ${outcome.kind} ${outcome.head?.status ?? ''}`);
  }
  return problems;
}

async function leftOvers(front: Front, server: { readonly connections: number }): Promise<string[]> {
  // What is kept for the next request is let go by itself too; that takes longer than this has to.
  front.closeTunnels();
  try {
    await waitUntil(() => Promise.resolve(server.connections === 0 && front.tunnels === 0), {
      what: 'all connections to be let go',
      timeoutMs: 5_000,
    });
    return [];
  } catch {
    return [`left over: ${server.connections} connections, ${front.tunnels} tunnels`];
  }
}
