import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

test('what cannot be written is an error, told in words', async () => {
  const child = spawn(process.execPath, [main, 'version'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
  if (child.stderr === null) throw new Error('The command has no stderr.');
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(said).toMatch(/^error: What this command prints cannot be written: ENOSPC/);
  expect(said).not.toContain('    at ');
  expect(code).toBe(1);
});
