import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { readOriginPorts, writeOriginPorts } from './origin-ports-file.ts';
import type { OriginPort } from './origin-ports.ts';

const lines: string[] = [];
const log = createLog({ level: 'warn', destination: { write: (line) => lines.push(line) } });

async function fileOfItsOwn(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-ports-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'state', 'ports.json');
}

test('what is written is read again, in order', async () => {
  const file = await fileOfItsOwn();
  const given: OriginPort[] = [
    { port: 20_007, ask: { kind: 'server', id: 'b' } },
    { port: 20_001, ask: { kind: 'server', id: 'a', port: 3_000, scheme: 'https' } },
  ];
  await writeOriginPorts(file, given);
  await writeOriginPorts(file, given);
  expect(await readOriginPorts(file, log)).toEqual(given);
});

test('none is written down at first; what cannot be read is said', async () => {
  const file = await fileOfItsOwn();
  expect(await readOriginPorts(file, log)).toEqual([]);
  expect(lines).toEqual([]);
  await writeOriginPorts(file, []);
  for (const text of ['nonsense', '[{"port":443,"id":"a"}]', '[{"port":20001,"id":"../a"}]']) {
    lines.length = 0;
    await writeFile(file, text);
    expect(await readOriginPorts(file, log)).toEqual([]);
    expect(lines.join('')).toContain('given anew');
  }
});
