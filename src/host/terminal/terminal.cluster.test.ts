import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import type { TerminalSession } from '#contract/terminal.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { openTerminal } from '#test/terminal/terminal-client.ts';
import type { TerminalClient } from '#test/terminal/terminal-client.ts';
import { typedLead } from '#test/terminal/typed-lead.ts';

// What a real API server, kubelet and container runtime make of programs that are started in a container.

const size = { cols: 80, rows: 24 };
const patienceMs = 90_000;
let namespace: TestNamespace & AsyncDisposable;
let started: StartedHost;

const terminal = (id: string): string => `/api/workspaces/${id}/terminal`;
const exec = (id: string): string => `/api/workspaces/${id}/exec`;

async function phaseIs(id: string, phase: string): Promise<void> {
  await waitUntil(
    async () => {
      const answer = await started.ask(`/api/servers/${id}`);
      return answer.status === 200 && (answer.json() as Server).phase === phase;
    },
    { what: `${id} to be ${phase}`, timeoutMs: patienceMs },
  );
}

/** How many processes of the workspace's container have this in their command line. */
async function processesWith(id: string, words: string): Promise<number> {
  // The words are not in the command line of what looks for them.
  const pattern = `[${words.slice(0, 1)}]${words.slice(1)}`;
  using client = await openTerminal(started, exec(id), { command: ['sh', '-c', `ps | grep -c '${pattern}'`] });
  await client.ended();
  return Number(client.output.toString());
}

/** Asks the shell for its size until it is so: the node sets another when it gets to it. */
async function sizeIs(client: TerminalClient, size: RegExp): Promise<void> {
  await waitUntil(
    () => {
      if (size.test(client.output.toString())) return true;
      client.line('stty size');
      return false;
    },
    { what: `the size ${String(size)}`, timeoutMs: patienceMs, intervalMs: 1_000 },
  );
}

beforeAll(async () => {
  namespace = await createNamespace(inject('kubeconfigPath'));
  started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  const spec = { probe: { kind: 'none' } } as const;
  const sleeps = {
    ...spec,
    image: localImages.shell,
    command: ['/bin/sh', '-c', 'trap exit TERM; while :; do sleep 1; done'],
  };
  await createWorkspace(namespace, 'shell', sleeps);
  await createWorkspace(namespace, 'second', { ...sleeps, idle: { stopAfter: '1h' } });
  await createWorkspace(namespace, 'bare', { ...spec, image: localImages.pause });
  await Promise.all(['shell', 'second', 'bare'].map((id) => phaseIs(id, 'Running')));
});

afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await namespace[Symbol.asyncDispose]();
});

describe('a program', () => {
  test.each([0, 1, 3, 126, 255])('ends with its own code %i', async (code) => {
    using client = await openTerminal(started, exec('shell'), { command: ['sh', '-c', `exit ${String(code)}`] });
    expect(await client.ended()).toEqual({ type: 'exited', code });
  });

  test('has output and errors apart, and its arguments as they are', async () => {
    const odd = ['a b', '$HOME', "it's", '', '*', 'ä漢'];
    using client = await openTerminal(started, exec('shell'), {
      command: ['sh', '-c', 'printf "[%s]" "$@"; echo wrong >&2', 'sh', ...odd],
    });
    expect(await client.ended()).toEqual({ type: 'exited', code: 0 });
    expect(client.output.toString()).toBe(odd.map((one) => `[${one}]`).join(''));
    expect(client.errors.toString()).toBe('wrong\n');
  });

  test('gives 10 MB byte for byte, and takes as many', { timeout: 240_000 }, async () => {
    const bytes = Buffer.alloc(10 << 20);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) % 4_294_967_296, at);
    using client = await openTerminal(started, exec('shell'), { command: ['cat'], input: true });
    await waitUntil(() => Promise.resolve(client.messages.length > 0), { what: 'it to begin', timeoutMs: patienceMs });
    for (let at = 0; at < bytes.length; at += 256 * 1024) client.input(bytes.subarray(at, at + 256 * 1024));
    client.send({ type: 'eof' });
    expect(await client.ended()).toEqual({ type: 'exited', code: 0 });
    const hash = (of: Buffer): string => createHash('sha256').update(of).digest('hex');
    expect(client.output.length).toBe(bytes.length);
    expect(hash(client.output)).toBe(hash(bytes));
  });

  test.each([
    { what: 'writes to a file', script: 'cat > /tmp/given' },
    { what: 'says nothing of errors', script: 'tee /tmp/given 2>/dev/null >/dev/null' },
  ])('that $what gets all of its input, though its output ends at once', { timeout: 240_000 }, async ({ script }) => {
    const bytes = randomBytes(20 << 20);
    using client = await openTerminal(started, exec('shell'), { command: ['sh', '-c', script], input: true });
    await waitUntil(() => Promise.resolve(client.messages.length > 0), { what: 'it to begin', timeoutMs: patienceMs });
    for (let at = 0; at < bytes.length; at += 256 * 1024) client.input(bytes.subarray(at, at + 256 * 1024));
    client.send({ type: 'eof' });
    expect(await client.ended()).toEqual({ type: 'exited', code: 0 });
    using after = await openTerminal(started, exec('shell'), {
      command: ['sh', '-c', 'sha256sum < /tmp/given; rm /tmp/given'],
    });
    await after.ended();
    expect(after.output.toString().slice(0, 64)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('that ends before it has read its input has its code, however much that is', { timeout: 240_000 }, async () => {
    const bytes = randomBytes(20 << 20);
    using client = await openTerminal(started, exec('shell'), {
      command: ['sh', '-c', 'head -c 5 | wc -c; echo over >&2; exit 3'],
      input: true,
    });
    await waitUntil(() => Promise.resolve(client.messages.length > 0), { what: 'it to begin', timeoutMs: patienceMs });
    for (let at = 0; at < bytes.length; at += 256 * 1024) client.input(bytes.subarray(at, at + 256 * 1024));
    client.send({ type: 'eof' });
    expect(await client.ended()).toEqual({ type: 'exited', code: 3 });
    expect(client.output.toString().trim()).toBe('5');
    expect(client.errors.toString()).toBe('over\n');
  });

  test('that ends while its input goes on for ever ends', async () => {
    using client = await openTerminal(started, exec('shell'), { command: ['sh', '-c', 'exit 4'], input: true });
    expect(await client.ended()).toEqual({ type: 'exited', code: 4 });
  });

  test.each([false, true])('gets signals, with input: %s', async (input) => {
    const script = 'trap "echo asked; exit 9" INT; echo ready; while :; do sleep 0.1; done';
    using client = await openTerminal(started, exec('shell'), { command: ['sh', '-c', script], input });
    await client.shows('ready');
    client.send({ type: 'signal', signal: 'INT' });
    expect(await client.ended()).toEqual({ type: 'exited', code: 9 });
    expect(client.output.toString()).toBe('ready\nasked\n');
  });

  test('ends with the connection of who has started it, children included', async () => {
    const client = await openTerminal(started, exec('shell'), {
      command: ['sh', '-c', 'sleep 54321 & sleep 54321; echo'],
    });
    await waitUntil(async () => (await processesWith('shell', 'sleep 54321')) >= 2, {
      what: 'both to run',
      timeoutMs: patienceMs,
    });
    client[Symbol.dispose]();
    await waitUntil(async () => (await processesWith('shell', 'sleep 54321')) === 0, {
      what: 'both to end',
      timeoutMs: patienceMs,
    });
  });

  test('that the image does not have is said to be missing', async () => {
    using withShell = await openTerminal(started, exec('shell'), { command: ['no-such-program'] });
    expect(await withShell.ended()).toEqual({ type: 'exited', code: 127 });
    using without = await openTerminal(started, exec('bare'), { command: ['no-such-program'] });
    expect(await without.ended()).toMatchObject({ type: 'failed', error: { code: 'not_found' } });
  });

  test('is not started where there is nothing to start it in', async () => {
    using nowhere = await openTerminal(started, exec('nobody'), { command: ['true'] });
    expect(await nowhere.ended()).toMatchObject({ type: 'failed', error: { code: 'not_found' } });
    using container = await openTerminal(started, exec('shell'), { command: ['true'], container: 'nobody' });
    expect(await container.ended()).toMatchObject({ type: 'failed', error: { code: 'not_found' } });
  });
});

describe('a terminal', () => {
  test('is one: it echoes, it has a size that can change, and Ctrl-C interrupts', async () => {
    using client = await openTerminal(started, terminal('shell'), size);
    await sizeIs(client, /\b24 80\b/);
    client.send({ type: 'resize', cols: 101, rows: 31 });
    await sizeIs(client, /\b31 101\b/);
    // Told by the program itself: between reading a line and running it a shell may take an interrupt for its own.
    client.line(`sh -c 'echo "up $((40 + 2))"; sleep 1000'`);
    await client.shows('up 42');
    client.input('\u0003');
    client.line('echo "is $((40 + 3))"');
    await client.shows('is 43');
    client.line('exit 5');
    expect(await client.ended()).toEqual({ type: 'exited', code: 5 });
  });

  test.each([true, false])('has its size before the program asks for it, with input: %s', async (input) => {
    const command = ['stty', '-F', '/dev/tty', 'size'];
    using client = await openTerminal(started, exec('shell'), { command, input, tty: { cols: 101, rows: 31 } });
    expect(await client.ended()).toEqual({ type: 'exited', code: 0 });
    expect(client.output.toString().trim()).toBe('31 101');
  });

  test('of an image without a shell says so, and what to do', async () => {
    using client = await openTerminal(started, terminal('bare'), size);
    expect(await client.ended()).toMatchObject({
      type: 'failed',
      error: {
        code: 'unsupported',
        details: { reason: 'no_shell', remedy: expect.stringContaining('kubectl debug') as string },
      },
    });
  });

  test('that is come back to 50 times in the middle of an output loses nothing and doubles nothing', {
    timeout: 240_000,
  }, async () => {
    const whole = Buffer.from(Array.from({ length: 200_000 }, (_, index) => `${String(index + 1)}\r\n`).join(''));
    let client = await openTerminal(started, terminal('shell'), size, { acks: false });
    client.line('stty -echo; echo ready');
    await client.shows(/ready\r\n/);
    const { name = '' } = client.session ?? {};
    client.line('printf "\\n[begin]\\n"; seq 1 200000; printf "[end]\\n"');
    await client.shows('[begin]\r\n');
    let at = client.output.indexOf('[begin]\r\n') + '[begin]\r\n'.length;
    let taken: Buffer = Buffer.alloc(0);
    client[Symbol.dispose]();
    // Of what each connection brings only a part is taken, as if the rest had been lost on the way.
    for (let broken = 0; broken < 50; broken += 1) {
      client = await openTerminal(started, terminal('shell'), { ...size, session: name, after: at }, { acks: false });
      const wanted = 10_000 + broken * 300;
      const here = client;
      await waitUntil(() => Promise.resolve(here.output.length >= wanted), {
        what: 'more of it',
        timeoutMs: patienceMs,
      });
      expect(client.messages.map(({ type }) => type)).toEqual(['attached']);
      taken = Buffer.concat([taken, client.output.subarray(0, wanted)]);
      at += wanted;
      client[Symbol.dispose]();
    }
    client = await openTerminal(started, terminal('shell'), { ...size, session: name, after: at });
    await client.shows('[end]');
    taken = Buffer.concat([taken, client.output]);
    const end = taken.indexOf('[end]');
    expect(end).toBe(whole.length);
    expect(taken.subarray(0, end).equals(whole)).toBe(true);
    client.line('exit 0');
    expect(await client.ended()).toEqual({ type: 'exited', code: 0 });
    client[Symbol.dispose]();
  });

  test('lives on without anybody, is listed, joined with what it has shown, and ended', async () => {
    const first = await openTerminal(started, terminal('shell'), size);
    first.line('stty -echo; sleep 65432 & echo "left $((40 + 4))"');
    await first.shows('left 44');
    const name = first.session?.name ?? '';
    first[Symbol.dispose]();
    const list = async (): Promise<TerminalSession[]> =>
      (await started.ask('/api/workspaces/shell/terminals')).json() as TerminalSession[];
    await waitUntil(async () => (await list()).some(({ session, attached }) => session === name && attached === 0), {
      what: 'nobody to look',
      timeoutMs: patienceMs,
    });
    using second = await openTerminal(started, terminal('shell'), { ...size, session: name });
    await second.shows('left 44');
    expect(await processesWith('shell', 'sleep 65432')).toBe(1);
    expect((await started.ask(`/api/workspaces/shell/terminals/${name}`, { method: 'DELETE' })).json()).toEqual({
      ended: name,
    });
    expect(await second.ended()).toMatchObject({ type: 'exited' });
    expect((await list()).map(({ session }) => session)).not.toContain(name);
    await waitUntil(async () => (await processesWith('shell', 'sleep 65432')) === 0, {
      what: 'what ran in it to end',
      timeoutMs: patienceMs,
    });
    using third = await openTerminal(started, terminal('shell'), { ...size, session: name });
    expect(await third.ended()).toMatchObject({ type: 'failed', error: { code: 'not_found' } });
  });

  test('can be followed and typed into by calls, as the desktop does', async () => {
    const { host } = started;
    const { session } = await host.client.terminals.open({ id: 'shell', ...size });
    const ending = new AbortController();
    const events = await host.client.terminals.follow({ id: 'shell', session, ...size }, { signal: ending.signal });
    let text = '';
    let code: number | undefined;
    for await (const event of events) {
      if (event.type === 'attached') {
        const input = Buffer.from(`${typedLead}stty -echo; echo "by $((40 + 5))"; exit 6\r`).toString('base64');
        await host.client.terminals.send({ id: 'shell', session, attachment: event.attachment, input });
      } else if (event.type === 'output') text += Buffer.from(event.data, 'base64').toString();
      else if (event.type === 'exited') ({ code } = event);
    }
    expect(text).toContain('by 45');
    expect(code).toBe(6);
  });

  test('is use of the workspace, as long as somebody is there', async () => {
    using client = await openTerminal(started, terminal('second'), size);
    client.line('echo "used $((40 + 6))"');
    await client.shows('used 46');
    await waitUntil(
      async () => {
        const { awake } = (await started.ask('/api/servers/second')).json() as Server;
        return awake?.by === 'input' || awake?.by === 'program';
      },
      { what: 'the terminal to be what keeps it awake', timeoutMs: patienceMs },
    );
    client.line('exit');
    await client.ended();
  });

  test('ends with its pod, and says so', async () => {
    using client = await openTerminal(started, terminal('second'), size);
    client.line('echo "here $((40 + 7))"');
    await client.shows('here 47');
    await started.ask('/api/servers/second/restart', { method: 'POST' });
    expect(['failed', 'exited']).toContain((await client.ended())?.type);
    // And the next is in the new one.
    await waitUntil(
      async () => {
        using next = await openTerminal(started, exec('second'), { command: ['true'] });
        return (await next.ended())?.type === 'exited';
      },
      { what: 'a program in the new pod', timeoutMs: patienceMs },
    );
  });
});

test('nothing is left running when the host stops', async () => {
  await using other = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await other.reached('online');
  using client = await openTerminal(other, terminal('shell'), size);
  client.line('stty -echo; sleep 76543 & echo "runs $((40 + 8))"');
  await client.shows('runs 48');
  await other.host.stop();
  await waitUntil(async () => (await processesWith('shell', 'sleep 76543')) === 0, {
    what: 'what ran in the terminal to end',
    timeoutMs: patienceMs,
  });
});
