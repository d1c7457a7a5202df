import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { runBounded } from './run-bounded.ts';
import type { ProgramEnd } from './run-bounded.ts';

/** Runs a shell script as a plugin; `$FOLDER` is one of its own. */
async function run(script: string, { limitMs = 60_000, signal = new AbortController().signal } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-plugin-'));
  const program = join(folder, 'plugin');
  await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { PATH: process.env['PATH'], FOLDER: folder };
  const end = runBounded({ program, args: ['one', 'a b'], env, interactive: false, limitMs, signal });
  const pids = async (): Promise<number[]> =>
    (await readFile(join(folder, 'pids'), 'utf8')).trim().split('\n').map(Number);
  return { end, pids, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** Whether a process is there, and no corpse that waits for somebody to ask how it ended. */
async function lives(pid: number): Promise<boolean> {
  try {
    const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    return !/\) [ZX] /.test(text);
  } catch {
    return false;
  }
}

describe.skipIf(process.platform !== 'linux')('a program of somebody else', () => {
  test.each<[string, string, ProgramEnd]>([
    ['prints', 'printf "%s|" "$@"', { kind: 'printed', stdout: 'one|a b|' }],
    ['fails', 'echo why >&2; exit 3', { kind: 'failed', code: 3, stdout: '', stderr: 'why\n' }],
    ['is ended by a signal', 'kill -9 $$', { kind: 'failed', code: undefined, stdout: '', stderr: '' }],
    ['finds nothing to read', 'cat', { kind: 'printed', stdout: '' }],
    ['has no terminal', '(: < /dev/tty) 2>/dev/null || echo none', { kind: 'printed', stdout: 'none\n' }],
    ['says a lot', 'head -c 3000000 /dev/zero >&2; echo out', { kind: 'printed', stdout: 'out\n' }],
    ['prints without end', 'cat /dev/zero', { kind: 'too-much' }],
    [
      'leaves somebody behind who holds its output',
      'echo out; sleep 30 & exit 0',
      { kind: 'printed', stdout: 'out\n' },
    ],
  ])('that %s', async (_what, script, end) => {
    await using plugin = await run(script);
    expect(await plugin.end).toEqual(end);
  });

  test.each([
    ['that hangs', 'sleep 600 & echo $! >> $FOLDER/pids; echo $$ >> $FOLDER/pids; echo waiting >&2; wait'],
    [
      'that will not end, as its children will not',
      'trap "" TERM; (trap "" TERM; sleep 600) & echo $! >> $FOLDER/pids; echo $$ >> $FOLDER/pids; echo waiting >&2; while :; do sleep 600; done',
    ],
  ])('%s is ended with its children', async (_what, script) => {
    await using plugin = await run(script, { limitMs: 500 });
    expect(await plugin.end).toEqual({ kind: 'hung', stderr: 'waiting\n' });
    const pids = await plugin.pids();
    expect(pids).toHaveLength(2);
    await vi.waitUntil(async () => !(await Promise.all(pids.map(lives))).includes(true));
  });

  test('that nobody wants any more is ended', async () => {
    const aborting = new AbortController();
    await using plugin = await run('echo $$ >> $FOLDER/pids; exec sleep 600', { signal: aborting.signal });
    const [pid = 0] = await vi.waitUntil(() => plugin.pids().catch(() => undefined));
    aborting.abort();
    expect(await plugin.end).toEqual({ kind: 'aborted' });
    expect(await lives(pid)).toBe(false);
  });

  test('that cannot be started is told as such', async () => {
    const options = { args: [], env: {}, interactive: false, limitMs: 1, signal: new AbortController().signal };
    expect(await runBounded({ ...options, program: '/does/not/exist' })).toMatchObject({
      kind: 'not-started',
      cause: { code: 'ENOENT' },
    });
  });
});
