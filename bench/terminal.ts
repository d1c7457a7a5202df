import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { connectHost } from '#cli/client/host-client.ts';
import type { HostConnection } from '#cli/client/host-client.ts';
import { inputMessage, listenToHost } from '#cli/terminal/host-messages.ts';
import { formatTable } from '#cli/output/table.ts';
import { progressLines } from '#cli/progress-lines.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { runScript } from '../scripts/run-script.ts';
import { createNamespace } from '../test/create-namespace.ts';
import { createWorkspace } from '../test/create-workspace.ts';
import { startHeadlessHost } from '../test/headless-host.ts';
import { borrowTestCluster } from '../test/test-cluster.ts';
import { testKubectl } from '../test/test-kubectl.ts';
import { benchArguments } from './bench-arguments.ts';
import { median } from './launch/figures.ts';
import { onlineCluster } from './launch/online-cluster.ts';
import { wholeNumber } from './whole-number.ts';

const usage = `Usage: npm run bench:terminal [-- options]

Programs, terminals and their output in a workspace on the tests' local cluster, beside "kubectl exec" in the same run: how long a program
takes that does nothing, MB/s out of and into one, how long a key takes to come back, and what sessions cost the host's memory.

Options:
  --runs <n>      how many of each (default 5)
  --megabytes <n> how much each way (default 100)
  --keys <n>      how many keys (default 200)
  --json          print all figures as JSON
  --help          show this text
`;

const cli = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const id = 'bench';
const sessions = 16;

/** Milliseconds until a command has ended. Throws when it has failed. */
async function timed(command: readonly string[], env: NodeJS.ProcessEnv, input?: number): Promise<number> {
  const [file = '', ...args] = command;
  const began = performance.now();
  const child = spawn(file, args, { env, stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'inherit'] });
  if (input !== undefined && child.stdin !== null) {
    const piece = Buffer.alloc(1 << 20);
    for (let sent = 0; sent < input; sent += 1) if (!child.stdin.write(piece)) await once(child.stdin, 'drain');
    child.stdin.end();
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`"${command.slice(0, 4).join(' ')}" ended with ${String(code)}.`);
  return performance.now() - began;
}

async function medianOf(runs: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  // The first of each warms up, and does not count.
  for (let run = 0; run <= runs; run += 1) values.push(await measure());
  return median(values.slice(1));
}

/** Milliseconds from a key to its echo, of many. */
async function keyTimes({ openSocket, url }: HostConnection, keys: number): Promise<number[]> {
  const socket = await openSocket(`/api/workspaces/${id}/terminal`);
  let seen = '';
  let wake: () => void = () => undefined;
  let offset = 0;
  listenToHost(socket, url, {
    message: () => undefined,
    output(_stream, chunk) {
      seen += chunk.toString();
      offset += chunk.length;
      socket.send(JSON.stringify({ type: 'ack', offset }));
      wake();
    },
    ended: () => wake(),
  });
  const until = async (is: () => boolean): Promise<void> => {
    while (!is() && socket.readyState === socket.OPEN) await new Promise<void>((resolve) => (wake = resolve));
  };
  socket.send(JSON.stringify({ type: 'start', cols: 80, rows: 24 }));
  // A program that echoes, so that no prompt is in the way.
  socket.send(inputMessage(Buffer.from('stty raw -echo; printf ready; cat\r')));
  await until(() => seen.endsWith('ready'));
  const times: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    seen = '';
    const began = performance.now();
    socket.send(inputMessage(Buffer.from('k')));
    await until(() => seen === 'k');
    times.push(performance.now() - began);
  }
  socket.send(JSON.stringify({ type: 'end' }));
  socket.close();
  return times.toSorted((one, other) => one - other);
}

async function main(): Promise<number> {
  const values = benchArguments(usage, { runs: '5', megabytes: '100', keys: '200' });
  if (values === undefined) return 0;
  const runs = wholeNumber('--runs', values.runs);
  const megabytes = wholeNumber('--megabytes', values.megabytes);
  await using cluster = await borrowTestCluster('node', { report: progressLines() });
  const { kubeconfigPath } = cluster;
  await using namespace = await createNamespace(kubeconfigPath);
  await using host = await startHeadlessHost({ kubeconfigPath, namespace: namespace.name });
  const connection = await connectHost(host);
  await onlineCluster(connection.client);
  await createWorkspace(namespace, id, {
    image: localImages.shell,
    command: ['/bin/sh', '-c', 'trap exit TERM; while :; do sleep 1; done'],
    probe: { kind: 'none' },
  });
  await waitUntil(async () => (await connection.client.workspaces.list()).some((one) => one.phase === 'Running'), {
    what: 'the workspace to run',
    timeoutMs: 120_000,
  });
  const kubectl = [
    await testKubectl(),
    '--kubeconfig',
    kubeconfigPath,
    '-n',
    namespace.name,
    'exec',
    '-i',
    `deploy/${id}`,
    '--',
  ];
  const guildnet = [process.execPath, cli, 'exec', id, '--'];
  const env = { ...process.env, GUILDNET_HOME: host.home };
  const bytes = String(megabytes * (1 << 20));
  const perSecond = (ms: number): number => (megabytes * 1_000) / ms;
  // The shell stays, and its output open: for containerd a program without output needs no input any more (containerd#13934).
  const reads = ['sh', '-c', 'cat > /dev/null; exit "$?"'];
  const of = async (begin: readonly string[]) => ({
    nothingMs: await medianOf(runs, () => timed([...begin, 'true'], env)),
    outMBs: perSecond(await medianOf(runs, () => timed([...begin, 'head', '-c', bytes, '/dev/zero'], env))),
    inMBs: perSecond(await medianOf(runs, () => timed([...begin, ...reads], env, megabytes))),
  });
  const figures = { guildnet: await of(guildnet), kubectl: await of(kubectl) };
  const keys = await keyTimes(connection, wholeNumber('--keys', values.keys));
  const at = (share: number): number => keys[Math.min(keys.length - 1, Math.floor(share * keys.length))] ?? 0;
  const memory = await sessionCost(connection);
  const result = { ...figures, keyMs: { p50: at(0.5), p99: at(0.99) }, sessionMB: memory };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    const row = (name: string, one: (of: typeof figures.guildnet) => number): string[] => [
      name,
      one(figures.guildnet).toFixed(1),
      one(figures.kubectl).toFixed(1),
    ];
    const rows = [
      ['', 'GUILDNET', 'KUBECTL'],
      row('a program that does nothing, ms', ({ nothingMs }) => nothingMs),
      row('out, MB/s', ({ outMBs }) => outMBs),
      row('in, MB/s', ({ inMBs }) => inMBs),
      ['a key and its echo, ms (p50, p99)', `${result.keyMs.p50.toFixed(1)}, ${result.keyMs.p99.toFixed(1)}`, '-'],
      ['a session with a full screen, MB', memory.toFixed(1), '-'],
    ];
    process.stdout.write(`${formatTable(rows)}\n`);
  }
  return 0;

  /** How much the host grows by a session whose scrollback is full, in MB. */
  async function sessionCost({ client }: HostConnection): Promise<number> {
    const rss = async (): Promise<number> => {
      const text = await readFile(`/proc/${String(host.child.pid)}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) / 1024;
    };
    const before = await rss();
    for (let count = 0; count < sessions; count += 1) {
      const { session } = await client.terminals.open({ id, cols: 100, rows: 40 });
      let attachment = '';
      for await (const event of await client.terminals.follow({ id, session, cols: 100, rows: 40 })) {
        if (event.type === 'attached') {
          const input = Buffer.from('stty -echo; seq -f "%090g" 1 6000; echo "e""nd"\r').toString('base64');
          ({ attachment } = event);
          await client.terminals.send({ id, session, attachment, input });
        } else if (event.type === 'output') {
          const data = Buffer.from(event.data, 'base64');
          await client.terminals.send({ id, session, attachment, ack: event.offset + data.length });
          if (data.includes('end\r\n')) break;
        }
      }
    }
    return ((await rss()) - before) / sessions;
  }
}

await runScript(main);
