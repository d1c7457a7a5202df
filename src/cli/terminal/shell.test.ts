import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTerminalHost } from '#test/terminal/terminal-host.ts';
import type { TerminalHost } from '#test/terminal/terminal-host.ts';
import { openSocket } from '../client/open-socket.ts';
import { runShell } from './shell.ts';
import type { ShellEnd, ShellOptions } from './shell.ts';

let host: TerminalHost;
beforeEach(async () => {
  host = await startTerminalHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

interface Begun {
  input: PassThrough;
  output: { text: string };
  ended: Promise<ShellEnd>;
  connections: number;
}

function begin(more: Partial<ShellOptions> = {}): Begun {
  const input = new PassThrough();
  const begun = { input, output: { text: '' }, connections: 0 };
  const ended = runShell({
    url: host.url,
    session: undefined,
    open: () => {
      begun.connections += 1;
      return openSocket(host.url, '/api/workspaces/w/terminal', undefined);
    },
    terminal: { input, size: { cols: 80, rows: 24 }, onResize: () => undefined },
    output: {
      write(text, done) {
        begun.output.text += typeof text === 'string' ? text : Buffer.from(text).toString();
        // As a pipe does: later.
        setImmediate(() => done?.());
        return true;
      },
    },
    ...more,
  });
  return Object.assign(begun, { ended });
}

test('a shell runs what is typed, and ends with its code', async () => {
  const { input, output, ended } = begin();
  input.write('echo from-$((40+2)); exit 7\n');
  expect(await ended).toEqual({ kind: 'exited', code: 7 });
  expect(output.text).toBe('from-42\n');
  expect(host.used.input).toBeGreaterThan(0);
  // Once the host has heard that its last word has come.
  await vi.waitFor(() => expect(host.terminals.size).toBe(0), { timeout: 30_000 });
});

test('connections that break in the middle of an output lose nothing and double nothing', async () => {
  const shell = begin();
  shell.input.write('seq 1 200000; exit 0\n');
  const whole = Array.from({ length: 200_000 }, (_, index) => `${String(index + 1)}\n`).join('');
  let seen = 0;
  for (let broken = 0; broken < 50; broken += 1) {
    // Each after some more of it has come, as long as there is more.
    const before = seen;
    await vi.waitFor(() => expect(shell.output.text.length).toBeGreaterThan(before), { timeout: 60_000, interval: 1 });
    seen = shell.output.text.length;
    if (seen >= whole.length) break;
    host.breakAll();
  }
  expect(await shell.ended).toEqual({ kind: 'exited', code: 0 });
  expect(shell.output.text.length).toBe(whole.length);
  expect(shell.output.text === whole).toBe(true);
  expect(shell.connections).toBeGreaterThan(2);
}, 240_000);

test('~. leaves a shell that lives on, and can be come back to with what it has shown', async () => {
  const first = begin();
  first.input.write('echo one; read x; echo "two $x"; exit 0\n');
  await vi.waitFor(() => expect(first.output.text).toContain('one\n'), { timeout: 30_000 });
  first.input.write('~.');
  const left = await first.ended;
  expect(left).toMatchObject({ kind: 'left' });
  const session = left.kind === 'left' ? left.session : undefined;
  await vi.waitFor(() => expect(host.terminals.list('w')).toMatchObject([{ session, attached: 0 }]), {
    timeout: 30_000,
  });
  const second = begin({ session });
  second.input.write('three\n');
  expect(await second.ended).toEqual({ kind: 'exited', code: 0 });
  expect(second.output.text).toContain('one\n');
  expect(second.output.text).toContain('two three\n');
});

test.each([
  { what: 'a session that there is not', session: 'abc123', path: 'w', code: 'not_found' },
  { what: 'a workspace that there is not', session: undefined, path: 'v', code: 'not_found' },
])('$what', async ({ session, path, code }) => {
  const open = () => openSocket(host.url, `/api/workspaces/${path}/terminal`, undefined);
  await expect(begin({ session, open }).ended).rejects.toMatchObject({ code });
});

test('a host that does not come back is given up', async () => {
  let isGone = true;
  const lost = begin({
    patienceMs: 1,
    open: () => {
      if (isGone) {
        isGone = false;
        return openSocket(host.url, '/api/workspaces/w/terminal', undefined);
      }
      return openSocket('http://127.0.0.1:1', '/', undefined);
    },
  });
  lost.input.write('echo there\n');
  await vi.waitFor(() => expect(lost.output.text).toContain('there'), { timeout: 30_000 });
  host.breakAll();
  expect(await lost.ended).toMatchObject({ kind: 'lost' });
});
