import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTerminalHost } from '#test/terminal/terminal-host.ts';
import type { TerminalHost } from '#test/terminal/terminal-host.ts';
import { openSocket } from '../client/open-socket.ts';
import type { Writer } from '../context.ts';
import { runRemoteProgram } from './run-program.ts';

let host: TerminalHost;
beforeEach(async () => {
  host = await startTerminalHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

class Collected implements Writer {
  readonly chunks: Buffer[] = [];
  write(text: string | Uint8Array, done?: () => void): boolean {
    this.chunks.push(Buffer.from(text as Uint8Array));
    setImmediate(() => done?.());
    return false;
  }
  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }
}

async function run(command: string[], input?: NodeJS.ReadableStream) {
  const [output, errors] = [new Collected(), new Collected()];
  const socket = await openSocket(host.url, '/api/workspaces/w/exec', undefined);
  const start = { type: 'start', command, input: input !== undefined } as const;
  return { ...runRemoteProgram(socket, host.url, start, { input, output, errors }), output, errors };
}

describe('a program', () => {
  test('has output and errors apart, and its own exit code', async () => {
    const { ended, output, errors } = await run(['sh', '-c', 'echo out; echo err >&2; exit 5']);
    expect(await ended).toBe(5);
    expect(output.text).toBe('out\n');
    expect(errors.text).toBe('err\n');
    expect(host.terminals.size).toBe(0);
  });

  test('gets 10 MB of input and gives them back byte for byte, whoever is slower', async () => {
    const bytes = Buffer.alloc(10 << 20);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) % 4_294_967_296, at);
    const { ended, output } = await run(['cat'], Readable.from(chunksOf(bytes)));
    expect(await ended).toBe(0);
    const hash = (of: Buffer): string => createHash('sha256').update(of).digest('hex');
    expect(hash(Buffer.concat(output.chunks))).toBe(hash(bytes));
  }, 120_000);

  test('gets the end of an empty input', async () => {
    const { ended, output } = await run(['wc', '-c'], Readable.from([]));
    expect(await ended).toBe(0);
    expect(output.text.trim()).toBe('0');
  });

  test('gets signals', async () => {
    const { ended, output, signal } = await run([
      'sh',
      '-c',
      'trap "echo asked; exit 9" INT; echo ready; while :; do sleep 0.1; done',
    ]);
    await vi.waitFor(() => expect(output.text).toBe('ready\n'), { timeout: 30_000 });
    signal('INT');
    expect(await ended).toBe(9);
    expect(output.text).toBe('ready\nasked\n');
  });

  test('that is left is told to end', async () => {
    const { ended, output, leave } = await run(['sh', '-c', 'echo $$; trap "exit 0" HUP; while :; do sleep 0.1; done']);
    await vi.waitFor(() => expect(output.text).toMatch(/\n/), { timeout: 30_000 });
    const pid = Number(output.text);
    leave();
    await expect(ended).rejects.toMatchObject({ code: 'upstream_failed' });
    await vi.waitFor(() => expect(isThere(pid)).toBe(false), { timeout: 60_000 });
    expect(host.terminals.size).toBe(0);
  });

  test('that is not there ends with 127, as a shell says it', async () => {
    const { ended, errors } = await run(['no-such-program']);
    expect(await ended).toBe(127);
    expect(errors.text).toContain('no-such-program');
  });

  test('whose input never ends does not keep the command', async () => {
    const input = new PassThrough();
    const { ended } = await run(['true'], input);
    expect(await ended).toBe(0);
    expect(input.listenerCount('data')).toBe(0);
  });
});

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
