import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, inject } from 'vitest';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { guildnet, startGuildnet } from '#test/guildnet.ts';
import { startHeadlessHost } from '#test/headless-host.ts';
import { namespaceTest } from '#test/namespace.ts';

const cli = fileURLToPath(new URL('main.ts', import.meta.url));

namespaceTest('programs, shells and files on the command line', { timeout: 300_000 }, async ({ namespace }) => {
  await using host = await startHeadlessHost({ kubeconfigPath: inject('kubeconfigPath'), namespace: namespace.name });
  const { home } = host;
  const run = (...args: string[]) => guildnet(home, ...args);
  const spec = { probe: { kind: 'none' } } as const;
  await waitUntil(async () => (await run('ls')).code === 0, { what: 'the host to be online', timeoutMs: 60_000 });
  await createWorkspace(namespace, 'box', {
    ...spec,
    image: localImages.shell,
    command: ['/bin/sh', '-c', 'trap exit TERM; while :; do sleep 1; done'],
  });
  await createWorkspace(namespace, 'bare', { ...spec, image: localImages.pause });
  await waitUntil(async () => (await run('exec', 'box', '--', 'true')).code === 0, {
    what: 'box to run',
    timeoutMs: 90_000,
  });

  expect(await run('exec', 'box', '--', 'sh', '-c', 'echo out; echo err >&2; exit 7')).toEqual({
    code: 7,
    stdout: 'out\n',
    stderr: 'err\n',
  });
  expect(await run('exec', 'box', '--', 'no-such-program')).toMatchObject({ code: 127 });
  // No terminal where there is none.
  expect((await run('exec', 'box', '--', 'sh', '-c', 'test -t 1 && echo tty || echo pipe')).stdout).toBe('pipe\n');
  expect((await run('exec', '--tty', 'box', '--', 'sh', '-c', 'test -t 1 && echo tty || echo pipe')).stdout).toBe(
    'tty\r\n',
  );
  expect(await run('shell', 'box')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('needs a terminal') as string,
  });
  const bare = await run('exec', 'bare', '--', '/no-such');
  expect(bare.code).toBe(1);
  expect(bare.stderr).toContain('has no program "/no-such"');

  // Input, byte for byte, to its end.
  const child = spawn(process.execPath, [cli, 'exec', 'box', '--', 'wc', '-c'], {
    env: { ...process.env, GUILDNET_HOME: home },
    stdio: 'pipe',
  });
  child.stdin.end(Buffer.alloc(3_000_001, 'x'));
  const [counted] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(counted.trim()).toBe('3000001');
  expect(child.exitCode).toBe(0);

  // A signal is the program's, and so is the exit code.
  await using waiting = startGuildnet(
    home,
    'exec',
    'box',
    '--',
    'sh',
    '-c',
    'trap "exit 9" INT; echo ready; while :; do sleep 0.1; done',
  );
  await waiting.said('ready');
  waiting.child.kill('SIGINT');
  expect(await waiting.ended()).toEqual({ code: 9, stderr: '' });

  // A closed pipe is the end, and no failure.
  const piped = spawn('/bin/sh', ['-c', `"$0" "$1" exec box -- yes | head -n 2`, process.execPath, cli], {
    env: { ...process.env, GUILDNET_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [yes, complaint] = await Promise.all([text(piped.stdout), text(piped.stderr), once(piped, 'close')]);
  expect(yes).toBe('y\ny\n');
  expect(complaint).toBe('');

  // There and back.
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-cp-'));
  try {
    await mkdir(join(folder, 'tree', 'sub'), { recursive: true });
    await writeFile(join(folder, 'tree', 'sub', 'a b.txt'), 'ä'.repeat(100_000));
    await writeFile(join(folder, 'tree', 'empty'), '');
    await symlink('sub/a b.txt', join(folder, 'tree', 'link'));
    expect(await run('cp', join(folder, 'tree'), 'box:/tmp/')).toMatchObject({
      code: 0,
      stdout: 'Copied 3 files, 200.0 kB.\n',
    });
    expect(await run('cp', 'box:/tmp/tree', join(folder, 'back'))).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'back', 'sub', 'a b.txt'), 'utf8')).toBe('ä'.repeat(100_000));
    expect(await readlink(join(folder, 'back', 'link'))).toBe('sub/a b.txt');
    await writeFile(join(folder, 'one.txt'), 'one');
    expect(await run('cp', join(folder, 'one.txt'), 'box:/tmp/renamed.txt')).toMatchObject({ code: 0 });
    expect((await run('exec', 'box', '--', 'cat', '/tmp/renamed.txt')).stdout).toBe('one');

    // A workspace that would write elsewhere.
    await run(
      'exec',
      'box',
      '--',
      'sh',
      '-c',
      'mkdir -p /tmp/evil && ln -s /etc /tmp/evil/etc && ln -s ../../out /tmp/evil/out',
    );
    const evil = await run('cp', 'box:/tmp/evil', join(folder, 'evil'));
    expect(evil.code).toBe(1);
    expect(evil.stderr).toContain('leads out of what was asked for');
    expect((await run('cp', 'box:/no-such', folder)).stderr).toContain('tar in the workspace box ended with');
    expect((await run('cp', 'bare:/etc', folder)).stderr).toMatch(/no program "tar"|has no tar/);
    expect((await run('cp', 'a', 'b')).stderr).toContain('Neither side is in a workspace');
  } finally {
    await rm(folder, { recursive: true });
  }

  // A shell in a real terminal of its own: script(1) of util-linux makes one.
  const typed = spawn('script', ['-qec', `${process.execPath} ${cli} shell box`, '/dev/null'], {
    env: { ...process.env, GUILDNET_HOME: home },
    stdio: 'pipe',
  });
  const closed = once(typed, 'close');
  let shown = '';
  typed.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  const shows = (words: RegExp) =>
    waitUntil(() => Promise.resolve(words.test(shown)), {
      what: `the shell to show ${String(words)}`,
      timeoutMs: 90_000,
    });
  typed.stdin.write('test -t 0 && echo "tty $((40 + 2))"\r');
  await shows(/tty 42/);
  typed.stdin.write('exit 4\r');
  await closed;
  expect(typed.exitCode).toBe(4);
});
