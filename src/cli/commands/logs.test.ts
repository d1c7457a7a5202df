import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { guildnet } from '#test/cli/run.ts';

test.each([
  [['--tail', 'many'], /Write a number up to 10000/],
  [['--tail', '10001'], /Write a number up to 10000/],
  [['--since', 'soon'], /such as 90s, 10m or 2h/],
  [['--level', 'loud'], /debug, info, warn, error/],
])('logs %j is wrong usage', async (args, said) => {
  const { code, stderr } = await guildnet('logs', 'box', ...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(said);
});

test('a pipe that is closed ends a command quietly', async () => {
  const cli = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, [cli, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect([child.exitCode, stderr]).toEqual([0, '']);
});
