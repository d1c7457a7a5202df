import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'node:https';
import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { sample } from '../operator-scale/metrics-text.ts';
import type { Read } from '../host-metrics.ts';

/** What followers cost a host, over what it costs without them. */
export interface Cost {
  what: string;
  followers: number;
  /** Resident memory that came with them. */
  megabytes: number;
  /** Of one core, while nothing happens. */
  idlePercent: number;
  /** Processor time for what then happened, and what reached them of it, in lines. */
  cpuSeconds: number;
  linesPerFollower: number;
}

export interface FollowersOptions {
  what: string;
  url: string;
  ca: string;
  headers: Record<string, string>;
  count: number;
  read: Read;
  /** Makes happen what they follow; resolves when it is over. */
  happens: () => Promise<void>;
  /** A line that tells of it, and how many of them reach everybody. */
  tells: RegExp;
  told: number;
}

const idleSeconds = 20;

interface Follower {
  asking: ClientRequest;
  answer: IncomingMessage;
  lines: number;
}

export async function costOf({ what, count, read, happens, told, ...options }: FollowersOptions): Promise<Cost> {
  const before = await read();
  const followers: Follower[] = [];
  for (let index = 0; index < count; index += 1) followers.push(await follow(options));
  try {
    const there = await read();
    // This is what is measured: nothing happens meanwhile.
    await delay(idleSeconds * 1_000);
    const idle = await read();
    for (const follower of followers) follower.lines = 0;
    await happens();
    await waitUntil(() => followers.every(({ lines }) => lines >= told), {
      what: `all followers of ${what} to be told`,
      timeoutMs: 120_000,
    });
    const after = await read();
    const cpu = (from: typeof before, to: typeof before): number =>
      sample(to, 'process_cpu_seconds_total') - sample(from, 'process_cpu_seconds_total');
    const resident = (samples: typeof before): number => sample(samples, 'process_resident_memory_bytes') / 1e6;
    return {
      what,
      followers: count,
      megabytes: resident(after) - resident(before),
      idlePercent: (100 * cpu(there, idle)) / idleSeconds,
      cpuSeconds: cpu(idle, after),
      linesPerFollower: followers.reduce((sum, { lines }) => sum + lines, 0) / count,
    };
  } finally {
    for (const { asking } of followers) asking.destroy();
  }
}

/** A client that reads a stream of Server-Sent Events and counts the lines that tell of something. */
async function follow({
  url,
  ca,
  headers,
  tells,
}: Pick<FollowersOptions, 'url' | 'ca' | 'headers' | 'tells'>): Promise<Follower> {
  const asking = request(url, { ca, headers, agent: false });
  asking.end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${String(answer.statusCode)}`);
  const follower: Follower = { asking, answer, lines: 0 };
  let rest = '';
  answer.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    follower.lines += lines.filter((line) => tells.test(line)).length;
  });
  // That it is ended below is how it ends.
  asking.on('error', () => undefined);
  answer.on('error', () => undefined);
  return follower;
}
