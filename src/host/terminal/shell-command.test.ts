import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { endWord } from './said-end.ts';
import { markedCommand, shellCommand, signalCommand } from './shell-command.ts';

const mark = 'abcdef0123456789';
const size = { cols: 132, rows: 43 };
function run([file = '', ...args]: string[], env: Record<string, string> = {}) {
  const { stdout, stderr, status } = spawnSync(file, args, {
    env: { PATH: '/usr/bin:/bin', ...env },
    input: 'echo $GUILDNET_EXEC $TERM\n',
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

/** What a program has printed, when its shell has said on both streams that it ended so. */
function runFed(command: string[]): ReturnType<typeof run> {
  const { stdout, stderr, status } = run(command);
  const word = `${endWord(mark)}${String(status)}\n`;
  for (const said of [stdout, stderr]) expect(said.endsWith(word)).toBe(true);
  return { stdout: stdout.slice(0, -word.length), stderr: stderr.slice(0, -word.length), status };
}

describe.each([{ fed: false }, { fed: true }])('a program that is fed: $fed', ({ fed }) => {
  const marked = (...command: string[]): string[] => markedCommand('/bin/sh', mark, command, { fed });
  const started = fed ? runFed : run;

  test('gets its arguments as they are, and the mark', () => {
    expect(started(marked('printenv', 'GUILDNET_EXEC')).stdout).toBe(`${mark}\n`);
    const odd = ['a b', '$HOME', "it's", '', '-n', '*'];
    expect(started(marked('printf', '[%s]', ...odd)).stdout).toBe(odd.map((one) => `[${one}]`).join(''));
  });

  test('is a program, and no word of the shell', () => {
    expect(started(marked('exit', '3')).status).toBe(127);
  });

  test('has its own exit code; one that is not there has 127, and the shell says so', () => {
    expect(started(marked('sh', '-c', 'echo wrong >&2; exit 7'))).toEqual({ stdout: '', stderr: 'wrong\n', status: 7 });
    const absent = started(marked('no-such-program'));
    expect(absent.status).toBe(127);
    expect(absent.stderr).toContain('no-such-program');
    expect(absent.stderr).toMatch(/^guildnet: /);
    expect(absent.stderr).not.toContain(mark);
  });

  test('has no more than the three files of any program', () => {
    expect(started(marked('sh', '-c', '{ echo more >&3; } 2>/dev/null || echo three')).stdout).toBe('three\n');
  });
});

test('a program that is fed and ends by a signal has its code, and the shell says nothing of it', () => {
  const command = markedCommand('/bin/sh', mark, ['sh', '-c', 'kill -TERM $$'], { fed: true });
  expect(runFed(command)).toEqual({ stdout: '', stderr: '', status: 143 });
});

test('a program that is fed has its own code when all of its process group get a signal', async () => {
  const script = 'trap "exit 9" TERM; kill -TERM 0; :';
  const [file = '', ...args] = markedCommand('/bin/sh', mark, ['sh', '-c', script], { fed: true });
  // A group of its own, as in a container: the test's is not asked to end.
  expect(await once(spawn(file, args, { stdio: 'ignore', detached: true }), 'exit')).toEqual([9, null]);
});

test('the output of a program that is fed ends with it, though it has closed its own', async () => {
  const script = 'exec >/dev/null 2>&1; echo closed >&4; read -r line; echo "$line" >&4; exit 5';
  const [file = '', ...args] = markedCommand('/bin/sh', mark, ['sh', '-c', script], { fed: true });
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', 'ignore', 'pipe'];
  const child = spawn(file, args, { stdio }) as ChildProcessWithoutNullStreams;
  try {
    const said = child.stdio[4] as Readable;
    let hasEnded = false;
    for (const stream of [child.stdout, child.stderr]) stream.on('end', () => (hasEnded = true)).resume();
    const ended = once(child, 'exit');
    expect(String(await once(said, 'data'))).toBe('closed\n');
    child.stdin.end('input\n');
    // An end of the output would have been read before this.
    expect(String(await once(said, 'data'))).toBe('input\n');
    expect(hasEnded).toBe(false);
    expect(await ended).toEqual([5, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test('a program that is fed and does not read it has its code, and the input is taken to its end', async () => {
  const [file = '', ...args] = markedCommand('/bin/sh', mark, ['sh', '-c', 'exit 3'], { fed: true });
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  try {
    const ended = once(child, 'exit');
    expect(String(await once(child.stdout, 'data'))).toBe(`${endWord(mark)}3\n`);
    // More than any pipe holds.
    await new Promise((taken) => child.stdin.write(Buffer.alloc(4 << 20), taken));
    expect(child.exitCode).toBeNull();
    child.stdin.end();
    expect(await ended).toEqual([3, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test.each([
  { what: 'no SHELL', env: {} },
  { what: 'a SHELL that lets nobody in', env: { SHELL: '/usr/sbin/nologin' } },
  { what: 'a SHELL that is not there', env: { SHELL: '/no/such/shell' } },
])('a shell begins with $what', ({ env }) => {
  expect(run(shellCommand('/bin/sh', mark, size), env).stdout).toBe(`${mark} xterm-256color\n`);
});

test("the person's own SHELL is taken", () => {
  expect(run(shellCommand('/bin/sh', mark, size), { SHELL: '/bin/echo' }).stdout).toBe('\n');
});

test('a signal finds the program and its children by the mark, and nobody else', async () => {
  const own = `${mark}${String(process.pid)}`;
  const begin = (command: string[]) =>
    spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const marked = begin(markedCommand('/bin/sh', own, ['sh', '-c', 'sleep 300 & echo $!; wait'], { fed: false }));
  const other = begin(markedCommand('/bin/sh', 'another-mark', ['sleep', '300'], { fed: false }));
  try {
    const [chunk] = (await once(marked.stdout, 'data')) as [Buffer];
    const child = Number(chunk.toString());
    const ended = once(marked, 'exit');
    // A background job of a shell without job control ignores SIGINT (POSIX, 2.11), hence TERM.
    expect(run(signalCommand('/bin/sh', own, 'TERM')).status).toBeTypeOf('number');
    expect((await ended)[1]).toBe('SIGTERM');
    await expect.poll(() => isRunning(child), { timeout: 30_000 }).toBe(false);
    expect(other.exitCode).toBeNull();
    expect(other.signalCode).toBeNull();
  } finally {
    marked.kill('SIGKILL');
    other.kill('SIGKILL');
  }
});

/** A zombie whose parent has yet to look is not running. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
