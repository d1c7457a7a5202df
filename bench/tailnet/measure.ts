import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { callbackify } from 'node:util';
import { quantile } from './quantile.ts';
import type { Figures } from './figures.ts';

/** A way into the tailnet, and what can be asked of the process that is it. */
export interface Way {
  name: string;
  pid: number;
  startMs: number;
  /** A connection to the server, through the tailnet, as a peer makes it. */
  dial(): Promise<Duplex>;
}

const bodyBytes = 64 * 2 ** 20;

class DialAgent extends Agent {
  readonly #dial: Way['dial'];

  constructor(dial: Way['dial'], connections: number) {
    super({ keepAlive: true, maxSockets: connections });
    this.#dial = dial;
  }

  override createConnection(_options: object, done?: (error: Error | null, socket: Duplex) => void): undefined {
    callbackify(this.#dial)((error, socket) => done?.(error, socket));
    return undefined;
  }
}

/** One exchange; resolves with the bytes of the answer. */
async function exchange(agent: Agent, path: string, upload = 0): Promise<number> {
  const asked = request({ agent, path, method: upload === 0 ? 'GET' : 'POST', host: 'bench' });
  asked.end(upload === 0 ? undefined : Buffer.alloc(upload));
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.once('error', reject);
  });
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  return bytes;
}

/** So many at a time, for so long; latencies in milliseconds. */
async function repeat(at: number, seconds: number, once: () => Promise<unknown>): Promise<number[]> {
  const until = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const began = performance.now();
      await once();
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: at }, one));
  return latencies;
}

/** Milliseconds of CPU that a process has had: fields 14 and 15 of /proc/pid/stat, in hundredths of a second. */
async function cpuMs(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${String(pid)}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function rssMegabytes(pid: number): Promise<number> {
  return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** One round of all measures by one way. `seconds` is how long each load lasts. */
export async function measure({ dial, pid, startMs }: Way, seconds: number): Promise<Figures> {
  const before = await cpuMs(pid);
  await delay(seconds * 1000);
  const idle = ((await cpuMs(pid)) - before) / seconds;
  const load = async (connections: number): Promise<number[]> => {
    const agent = new DialAgent(dial, connections);
    const latencies = await repeat(connections, seconds, () => exchange(agent, '/'));
    agent.destroy();
    return latencies;
  };
  const many = await load(16);
  const single = await load(1);
  const fresh = await repeat(1, seconds, async () => {
    const agent = new DialAgent(dial, 1);
    await exchange(agent, '/');
    agent.destroy();
  });
  const bodies = async (path: string, upload: number): Promise<number> => {
    const agent = new DialAgent(dial, 1);
    const latencies = await repeat(1, seconds, () => exchange(agent, path, upload));
    agent.destroy();
    return (bodyBytes / 1e6 / quantile(latencies, 0.5)) * 1000;
  };
  const down = await bodies(`/?bytes=${String(bodyBytes)}`, 0);
  const up = await bodies('/', bodyBytes);
  return {
    'requests/s, 16 connections': many.length / seconds,
    'p99 ms, 16 connections': quantile(many, 0.99),
    'requests/s, 1 connection': single.length / seconds,
    'p50 ms, 1 connection': quantile(single, 0.5),
    'new connections/s, one at a time': fresh.length / seconds,
    'MB/s down': down,
    'MB/s up': up,
    'CPU ms/s while idle': Math.max(idle, 0.1),
    'RSS MB after it': await rssMegabytes(pid),
    'start to Running, ms': startMs,
  };
}
