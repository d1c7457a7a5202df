import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { progressLines } from '#cli/progress-lines.ts';
import { createLog } from '#host/observability/log.ts';
import { usualBounds } from '#host/tailnet/connection-bounds.ts';
import type { NodeStatus } from '#host/tailnet/node-messages.ts';
import { startNode } from '#host/tailnet/node-process.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import { clientEnv, startHeadscale } from '#test/tailnet/headscale.ts';
import type { Headscale } from '#test/tailnet/headscale.ts';
import { startOwnTailscaled } from '#test/tailnet/own-tailscaled.ts';
import { joinAsPeer } from '#test/tailnet/peer.ts';
import { runScript } from '../scripts/run-script.ts';
import { benchArguments } from './bench-arguments.ts';
import { shownRounds } from './rounds.ts';
import { measures } from './tailnet/figures.ts';
import type { Figures } from './tailnet/figures.ts';
import { measure } from './tailnet/measure.ts';
import type { Way } from './tailnet/measure.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:tailnet -- [options]
Measures what comes in by the tailnet through guildnet's node, beside a tailscaled in user space that serves the same port (tailscale serve
--tcp), to the same server on this machine, asked by a third node. Its start includes that it is asked to log in.

Options:
  --rounds <n>   how many of each, of which the medians are shown (default 3)
  --seconds <n>  how long each load lasts (default 3)
  --json         print all figures as JSON
  --help         show this text
`;

async function main(): Promise<number> {
  const values = benchArguments(usage, { rounds: '3', seconds: '3' });
  if (values === undefined) return 0;
  const rounds = wholeNumber('--rounds', values.rounds);
  const seconds = wholeNumber('--seconds', values.seconds);
  process.stdout.write(shownRounds(measures, await run(rounds, seconds), { rounds, seconds, json: values.json }));
  return 0;
}

async function run(rounds: number, seconds: number): Promise<Map<string, Figures[]>> {
  const report = progressLines();
  const program = await tailnetNodeProgram();
  await using owned = new AsyncDisposableStack();
  const headscale = owned.use(await startHeadscale());
  const secret = randomBytes(32).toString('hex');
  const server = owned.use(await startServer(secret));
  const peer = owned.use(await joinAsPeer(headscale, 'bob', program, 'asking'));
  const ways = [
    owned.use(await ownNode(headscale, program, { secret, forward: server.inwards })),
    owned.use(await theirs(headscale, server.port)),
  ].map((way): Way => ({ ...way, dial: () => peer.dial(way.address, servedPort) }));
  const seen = new Map<string, Figures[]>(ways.map(({ name }) => [name, []]));
  for (const { dial } of ways)
    await waitUntil(
      () =>
        dial().then(
          (socket) => socket.destroy(),
          () => undefined,
        ),
      { what: 'the way to be there', timeoutMs: 60_000 },
    );
  for (let round = 1; round <= rounds; round += 1)
    for (const way of ways) {
      report({ step: 'Measuring', done: round, total: rounds, unit: 'rounds', detail: way.name });
      seen.get(way.name)?.push(await measure(way, seconds));
    }
  return seen;
}

const servedPort = 443;
type Started = Omit<Way, 'dial'> & AsyncDisposable & { address: string };

async function ownNode(
  headscale: Headscale,
  program: string,
  { secret, forward }: { secret: string; forward: string },
): Promise<Started> {
  const dir = await mkdtemp(join(tmpdir(), 'guildnet-bench-node-'));
  const began = performance.now();
  const { promise, resolve } = Promise.withResolvers<NodeStatus>();
  const node = startNode({
    program,
    config: {
      controlUrl: headscale.url,
      authKey: headscale.keys.alice,
      hostname: 'ours',
      dir,
      ephemeral: false,
      acceptRoutes: true,
      forward,
      secret,
      ...usualBounds,
    },
    env: { ...process.env, ...clientEnv },
    onEvent(event) {
      if (event.event === 'status' && event.state === 'Running') resolve(event);
    },
    log: createLog({ level: 'silent' }),
  });
  const status = await promise;
  const startMs = performance.now() - began;
  await node.command({ do: 'listen', port: servedPort });
  return {
    name: 'guildnet',
    pid: node.pid ?? 0,
    startMs,
    address: status.ips[0] ?? '',
    async [Symbol.asyncDispose]() {
      await node.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function theirs(headscale: Headscale, port: number): Promise<Started> {
  const began = performance.now();
  const { pid, address, api, ...daemon } = await startOwnTailscaled(headscale, { user: 'alice', hostname: 'theirs' });
  const startMs = performance.now() - began;
  await api.ask('POST', 'serve-config', {
    TCP: { [String(servedPort)]: { TCPForward: `127.0.0.1:${String(port)}` } },
  });
  return { name: 'tailscaled', pid, startMs, address, [Symbol.asyncDispose]: daemon[Symbol.asyncDispose] };
}

const placeSchema = z.object({ port: z.number(), inwards: z.string() });

async function startServer(secret: string): Promise<z.infer<typeof placeSchema> & AsyncDisposable> {
  const file = fileURLToPath(new URL('tailnet/serving.ts', import.meta.url));
  const child = spawn(process.execPath, [file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, BENCH_SECRET: secret },
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    ...placeSchema.parse(JSON.parse(line)),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

await runScript(main);
