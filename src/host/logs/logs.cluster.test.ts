import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import type { Server } from '#contract/server.ts';
import { logLineSchema } from '#contract/logs.ts';
import type { LogLine, WorkspaceLogs } from '#contract/logs.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { readStream } from '#test/logs/read-stream.ts';
import type { LogEvent } from '#test/logs/read-stream.ts';

// What a real kubelet and a real container runtime do with logs.

const secret = 'a-secret-of-32-characters-or-so-x';
const numbers = 200_000;
let namespace: TestNamespace & AsyncDisposable;
let started: StartedHost;

async function launch(name: string, script: string): Promise<void> {
  await createWorkspace(namespace, name, {
    image: localImages.shell,
    command: ['/bin/sh', '-c', script],
    probe: { kind: 'none' },
    env: [{ name: 'API_TOKEN', value: secret }],
  });
}

async function phaseIs(name: string, phase: string): Promise<void> {
  await waitUntil(
    async () => {
      const answer = await started.ask(`/api/servers/${name}`);
      return answer.status === 200 && (answer.json() as Server).phase === phase;
    },
    { what: `${name} to be ${phase}`, timeoutMs: 60_000 },
  );
}

/** Takes events until one has this text. */
async function until(events: AsyncIterator<LogEvent>, text: string): Promise<LogEvent[]> {
  const seen: LogEvent[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done === true) throw new Error(`The stream ended before "${text}", after ${JSON.stringify(texts(seen))}.`);
    seen.push(next.value);
    if (next.value.line.msg === text) return seen;
  }
}

const texts = (events: readonly LogEvent[]): string[] =>
  events.map(({ line }) => (line.notice === undefined ? line.msg : `[${line.notice}]`));
/** Without what a busy cluster may make the host say. */
const said = (events: readonly LogEvent[]): string[] =>
  texts(events).filter((text) => text !== '[waiting]' && text !== '[interrupted]');
const lines = async (path: string): Promise<LogLine[]> => (await started.ask(path)).json() as LogLine[];

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  await Promise.all([
    launch('counts', `seq 1 ${String(numbers)}; echo end; sleep 3600`),
    // Says which of its lives it is, by what the pod keeps between them, and ends the first when it is asked on its port.
    launch(
      'restarts',
      `n=$(cat /dev/shm/lives 2>/dev/null | wc -l); echo x >> /dev/shm/lives; trap 'echo "asked to end"; exit 0' TERM; echo "begins $n"; [ "$n" = 0 ] && { nc -l -p 8080 </dev/null >/dev/null; echo "ends $n"; exit 1; }; while :; do sleep 0.1; done`,
    ),
    launch(
      'hostile',
      `printf 'a\\033[31mred\\033[0m\\007 \\342\\200\\256gnp.exe\\r\\n'; echo "token $API_TOKEN"; printf 'bad \\377 utf-8\\n'; echo 'ERROR it broke'; echo '  at somewhere'; echo '{"level":"warn","msg":"hm"}'; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end; sleep 3600`,
    ),
  ]);
  await Promise.all(['counts', 'restarts', 'hostile'].map((name) => phaseIs(name, 'Running')));
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

test('200,000 lines arrive once each and in order, however often the connection breaks in the middle', async () => {
  const { items } = await namespace.core.listNamespacedPod({
    namespace: namespace.name,
    labelSelector: 'guildnet.io/id=counts',
  });
  // Before everything that it has printed.
  let last = `${items[0]?.metadata?.uid ?? ''}_0_1970-01-01T00:00:00.000000000Z_0`;
  const breaks = [1, 2, 3, ...Array.from({ length: 17 }, (_, n) => (n + 1) * 11_003)];
  let next = 1;
  while (next <= numbers) {
    const breakAt = breaks.shift() ?? numbers;
    for await (const { id, line } of readStream(started, 'target=counts', last)) {
      if (line.msg !== String(next)) throw new Error(`${line.msg} came where ${String(next)} should have.`);
      last = id ?? '';
      next += 1;
      if (next > breakAt) break;
    }
  }
  for await (const { line } of readStream(started, 'target=counts', last)) {
    expect(line.msg).toBe('end');
    break;
  }
  expect((await lines('/api/servers/counts/logs?limit=3')).map(({ msg }) => msg)).toEqual([
    String(numbers - 1),
    String(numbers),
    'end',
  ]);
});

test('followers share one reading, and go on over a restart and from pod to pod', async () => {
  const one = readStream(started, 'target=restarts');
  const other = readStream(started, 'target=restarts&tail=1');
  const toBegin = await Promise.all([one, other].map((events) => until(events, 'begins 0')));
  expect(toBegin.map(texts)).toEqual([['begins 0'], ['begins 0']]);
  const readings = async (): Promise<string | undefined> =>
    /^guildnet_log_readings (\d+)$/m.exec((await started.ask('/metrics')).text)?.[1];
  // Those of the other log are kept for a while.
  const before = Number(await readings());
  const third = readStream(started, 'target=restarts');
  await until(third, 'begins 0');
  expect(Number(await readings())).toBeLessThanOrEqual(before);
  await third.return();

  await started.ask('https://restarts.localhost/');
  const overRestart = ['ends 0', '[restarted]', 'begins 1'];
  for (const events of [one, other]) expect(said(await until(events, 'begins 1'))).toEqual(overRestart);
  const previous = (await started.ask('/api/workspaces/restarts/logs?previous=true')).json() as WorkspaceLogs;
  expect(previous).toMatchObject({ container: 'workspace', containers: ['workspace'] });
  expect(previous.lines.map(({ msg }) => msg)).toEqual(['begins 0', 'ends 0']);
  const whole = readStream(started, 'target=restarts&previous=true');
  expect(texts(await until(whole, 'begins 1'))).toEqual(['begins 0', ...overRestart]);
  await whole.return();

  expect((await started.ask('/api/servers/restarts/restart', { method: 'POST' })).status).toBe(200);
  // Whether its last words are read before the pod is gone is the node's affair.
  const overPods = said(await until(one, 'begins 0')).filter((text) => text !== 'asked to end');
  expect(overPods).toEqual(['[replaced]', 'begins 0']);
  await Promise.all([one.return(), other.return()]);
});

describe('what a hostile program prints', () => {
  test('is harmless, bounded, and without the secrets that are known', async () => {
    const all = await vi.waitFor(
      async () => {
        const printed = await lines('/api/servers/hostile/logs');
        expect(printed.at(-1)?.msg).toBe('end');
        return printed;
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(all.slice(0, 6).map(({ lvl, msg }) => [lvl, msg])).toEqual([
      ['info', 'ared gnp.exe'],
      ['info', 'token •••'],
      ['info', 'bad \ufffd utf-8'],
      ['error', 'ERROR it broke'],
      ['error', '  at somewhere'],
      ['warn', '{"level":"warn","msg":"hm"}'],
    ]);
    expect(all.slice(6).map(({ msg }) => [msg.length, msg.slice(0, 3)])).toEqual([
      [16_384, 'xxx'],
      [3, 'end'],
    ]);
  });

  test('can be asked for by how urgent it looks, and by age', async () => {
    const errors = await lines('/api/servers/hostile/logs?level=error&limit=1');
    expect(errors.map(({ msg }) => msg)).toEqual(['  at somewhere']);
    expect(await lines('/api/servers/hostile/logs?since=0s')).toEqual([]);
    expect(await lines('/api/servers/hostile/logs?since=1h&limit=2&level=')).toHaveLength(2);
  });
});

test('an EventSource whose stream ends goes on where it was', async () => {
  await using outer = await startHost({
    kubeconfigPath: namespace.kubeconfigPath,
    namespace: namespace.name,
    // It can send no token.
    env: { LOCAL_AUTH: 'off' },
  });
  await outer.reached('online');
  const caFile = join(outer.home, 'test-ca.pem');
  await writeFile(caFile, outer.ca);
  const url = `${outer.url}/sse/logs?target=counts&tail=3`;
  const program = fileURLToPath(new URL('../../../test/logs/event-source.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--experimental-eventsource', '--no-warnings', program, url], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  const seen = (): string[] =>
    printed
      .split('\n')
      .slice(0, -1)
      .map((one) => (one === 'open' ? one : logLineSchema.parse(JSON.parse(one)).msg));
  try {
    const tail = ['open', String(numbers - 1), String(numbers), 'end'];
    await expect.poll(seen, { timeout: 60_000 }).toEqual(tail);
    // Nothing is left of what was read before.
    expect((await outer.ask('/api/cluster/retry', { method: 'POST' })).status).toBe(200);
    await expect.poll(seen, { timeout: 60_000 }).toEqual([...tail, 'open']);
  } finally {
    child.kill('SIGKILL');
  }
});

test.each<[string, number, string]>([
  ['/sse/logs', 400, 'missing_target'],
  ['/sse/logs?target=', 400, 'missing_target'],
  ['/sse/logs?target=nobody', 404, 'not_found'],
  ['/sse/logs?target=hostile&container=nothing', 404, 'not_found'],
  ['/sse/logs?target=hostile&level=loud', 400, 'bad_body'],
  ['/sse/logs?target=hostile&after=xyz', 400, 'bad_request'],
  ['/sse/logs?target=hostile&since=soon', 400, 'bad_request'],
  ['/api/servers/nobody/logs', 404, 'not_found'],
  ['/api/workspaces/hostile/logs?container=nothing', 404, 'not_found'],
  ['/api/workspaces/hostile/logs?previous=1', 404, 'not_found'],
  ['/api/workspaces/hostile/logs?limit=many', 400, 'bad_body'],
])('%s is refused with %i %s', async (path, status, code) => {
  const answer = await started.ask(path);
  expect([answer.status, answer.json()]).toEqual([status, expect.objectContaining({ code })]);
});
