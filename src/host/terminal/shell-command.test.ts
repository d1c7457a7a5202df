import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { markedCommand, shellCommand, signalCommand } from './shell-command.ts';

const mark = 'abcdef0123456789';
function run([file = '', ...args]: string[], env: Record<string, string> = {}) {
  const { stdout, stderr, status } = spawnSync(file, args, {
    env: { PATH: '/usr/bin:/bin', ...env },
    input: 'echo $GUILDNET_EXEC $TERM\n',
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

test('a program gets its arguments as they are, and the mark', () => {
  const command = ['printenv', 'GUILDNET_EXEC'];
  expect(run(markedCommand('/bin/sh', mark, command)).stdout).toBe(`${mark}\n`);
  const odd = ['a b', '$HOME', "it's", '', '-n', '*'];
  expect(run(markedCommand('/bin/sh', mark, ['printf', '[%s]', ...odd])).stdout).toBe(
    odd.map((one) => `[${one}]`).join(''),
  );
});

test('its exit code is its own; one that is not there has 127', () => {
  expect(run(markedCommand('/bin/sh', mark, ['sh', '-c', 'exit 7'])).status).toBe(7);
  expect(run(markedCommand('/bin/sh', mark, ['no-such-program'])).status).toBe(127);
});

test.each([
  { what: 'no SHELL', env: {} },
  { what: 'a SHELL that lets nobody in', env: { SHELL: '/usr/sbin/nologin' } },
  { what: 'a SHELL that is not there', env: { SHELL: '/no/such/shell' } },
])('a shell begins with $what', ({ env }) => {
  expect(run(shellCommand('/bin/sh', mark), env).stdout).toBe(`${mark} xterm-256color\n`);
});

test("the person's own SHELL is taken", () => {
  expect(run(shellCommand('/bin/sh', mark), { SHELL: '/bin/echo' }).stdout).toBe('\n');
});

test('a signal finds the program and its children by the mark, and nobody else', async () => {
  const own = `${mark}${String(process.pid)}`;
  const begin = (command: string[]) =>
    spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const marked = begin(markedCommand('/bin/sh', own, ['sh', '-c', 'sleep 300 & echo $!; wait']));
  const other = begin(markedCommand('/bin/sh', 'another-mark', ['sleep', '300']));
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
