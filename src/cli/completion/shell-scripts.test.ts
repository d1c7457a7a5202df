import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { guildnet } from '#test/cli/run.ts';
import { shells } from './shell-scripts.ts';

const run = promisify(execFile);

test.each(shells)('guildnet completion %s prints its script', async (shell) => {
  const { code, stdout } = await guildnet('completion', shell);
  expect(code).toBe(0);
  expect(stdout).toContain('guildnet __complete');
});

test('bash takes what it is told, and hands on what is typed as it stands', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-completion-'));
  try {
    const program = join(folder, 'guildnet');
    // Says what it was asked, and two words of which one needs quoting.
    await writeFile(program, '#!/bin/sh\nprintf "%s\\tx\\n" "$#:$*" "two words"\n');
    await chmod(program, 0o755);
    const { stdout } = await guildnet('completion', 'bash');
    await writeFile(join(folder, 'completion.bash'), stdout);
    const script = `. "${folder}/completion.bash"; COMP_WORDS=(guildnet logs ''); COMP_CWORD=2; _guildnet; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const answer = await run('bash', ['-c', script], {
      env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    });
    expect(answer.stdout).toBe('4:__complete\\ --\\ logs\\ \ntwo\\ words\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  [['lo'], 'logs\tShow what a workspace has printed, and with -f what it prints\n'],
  [['ls', '-o', 'j'], 'json\t\n'],
  [['ls', '--js'], expect.stringMatching(/^--json\t.+\n$/) as string],
  // There is no host.
  [['logs', ''], ''],
])('__complete -- %j', async (words, expected) => {
  expect(await guildnet('__complete', '--', ...words)).toEqual({ code: 0, stdout: expected, stderr: '' });
});
