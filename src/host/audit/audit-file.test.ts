import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import type { AuditEntry } from '#contract/audit.ts';
import { createLog } from '../observability/log.ts';
import { createAuditFile } from './audit-file.ts';

const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the fixtures that this one needs from it
  folder: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'guildnet-audit-'));
    await use(join(home, 'audit'));
    await rm(home, { recursive: true });
  },
});
const log = createLog({ level: 'silent' });
const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: new Date(0).toISOString(),
  who: 'user:anna',
  call: 'workspaces.stop',
  decision: 'allowed',
  rule: 'open-door/owner',
  outcome: 'ok',
  ...more,
});

test('what was added is read back, the newest first, by what is asked for', async ({ folder }) => {
  const file = createAuditFile({ folder, log });
  for (const [at, who] of ['user:anna', 'user:bob', 'user:anna'].entries())
    file.add(entry({ who, workspace: `w${String(at)}`, decision: at === 1 ? 'denied' : 'allowed' }));
  const names = async (query: Parameters<typeof file.recent>[0]): Promise<(string | undefined)[]> =>
    (await file.recent(query)).map(({ workspace }) => workspace);
  expect(await names({})).toEqual(['w2', 'w1', 'w0']);
  expect(await names({ limit: 1 })).toEqual(['w2']);
  expect(await names({ who: 'user:anna' })).toEqual(['w2', 'w0']);
  expect(await names({ decision: 'denied' })).toEqual(['w1']);
  expect(await names({ workspace: 'w0' })).toEqual(['w0']);
});

test('what is older than an entry is asked for by its id, through all files and whatever else is asked', async ({
  folder,
}) => {
  const file = createAuditFile({ folder, log, mostBytes: 2_000, older: 4 });
  for (let at = 0; at < 40; at += 1) {
    // Of one moment, as what comes at once is; each call has an id of its own.
    file.add(
      entry({ workspace: `w${String(at)}`, request_id: String(at), who: at % 2 === 0 ? 'user:anna' : 'user:bob' }),
    );
    await file.flush();
  }
  const all = (await file.recent({ limit: 1_000 })).map(({ workspace }) => workspace);
  expect(all[0]).toBe('w39');
  const paged: (string | undefined)[] = [];
  for (let before: string | undefined; ; ) {
    const page = await file.recent({ limit: 3, ...(before === undefined ? {} : { before }) });
    paged.push(...page.map(({ workspace }) => workspace));
    before = page.at(-1)?.id;
    if (page.length < 3) break;
    // What comes meanwhile moves nothing.
    file.add(entry({ workspace: 'later', request_id: `later ${String(before)}` }));
  }
  expect(paged).toEqual(all.slice(0, paged.length));
  expect(paged.length).toBeGreaterThan(20);
  const [newest] = await file.recent({ limit: 1, who: 'user:bob' });
  const bobs = await file.recent({ limit: 2, who: 'user:bob', before: newest?.id ?? '' });
  expect(bobs.map(({ workspace }) => workspace)).toEqual(['w37', 'w35']);
  await expect(file.recent({ before: 'gone' })).rejects.toMatchObject({ code: 'not_found' });
});

test('nobody else may read it, and another start goes on in it', async ({ folder }) => {
  const first = createAuditFile({ folder, log });
  first.add(entry({ workspace: 'a' }));
  await first.flush();
  expect(((await stat(join(folder, 'audit.jsonl'))).mode & 0o777).toString(8)).toBe('600');
  const second = createAuditFile({ folder, log });
  second.add(entry({ workspace: 'b' }));
  expect((await second.recent({})).map(({ workspace }) => workspace)).toEqual(['b', 'a']);
});

test('it is rotated, and the oldest goes', async ({ folder }) => {
  const file = createAuditFile({ folder, log, mostBytes: 500, older: 2 });
  for (let at = 0; at < 30; at += 1) {
    file.add(entry({ workspace: `w${String(at)}` }));
    await file.flush();
  }
  expect((await readdir(folder)).toSorted()).toEqual(['audit.1.jsonl', 'audit.2.jsonl', 'audit.jsonl']);
  const left = (await file.recent({})).map(({ workspace }) => workspace);
  expect(left[0]).toBe('w29');
  expect(left).not.toContain('w0');
  expect(left).toEqual([...left].toSorted((a = '', b = '') => Number(b.slice(1)) - Number(a.slice(1))));
});

test('lines that are none are passed over', async ({ folder }) => {
  const file = createAuditFile({ folder, log });
  file.add(entry({ workspace: 'a' }));
  await file.flush();
  await appendFile(join(folder, 'audit.jsonl'), '{"at":"no\n{}\nnull\n');
  file.add(entry({ workspace: 'b' }));
  expect((await file.recent({})).map(({ workspace }) => workspace)).toEqual(['b', 'a']);
});

test('after half a line, which a full disk or a crash leaves, the next entry is one', async ({ folder }) => {
  const before = createAuditFile({ folder, log });
  before.add(entry({ workspace: 'before' }));
  await before.flush();
  await appendFile(join(folder, 'audit.jsonl'), '{"at":"2027-');
  const after = createAuditFile({ folder, log });
  for (const workspace of ['after', 'last']) {
    after.add(entry({ workspace }));
    await after.flush();
  }
  expect((await after.recent({})).map(({ workspace }) => workspace)).toEqual(['last', 'after', 'before']);
  expect((await readFile(join(folder, 'audit.jsonl'), 'utf8')).split('\n')).toHaveLength(5);
});

test('a file that cannot be read is told with its name and what to do, and nothing is lost of what comes', async ({
  folder,
}) => {
  const file = createAuditFile({ folder, log });
  file.add(entry({ workspace: 'w' }));
  await file.flush();
  await mkdir(join(folder, 'audit.1.jsonl'));
  await expect(file.recent({})).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringMatching(/^The audit cannot be read at .*audit\.1\.jsonl: EISDIR/) as string,
    remedy: expect.stringContaining('move it away') as string,
  });
  expect(await file.recent({ limit: 1 })).toHaveLength(1);
});

test('a folder that cannot be made is told in the log, once, and nothing breaks', async ({ folder }) => {
  const lines: string[] = [];
  const told = createLog({ level: 'error', destination: { write: (line) => lines.push(line) } });
  const file = createAuditFile({ folder: join('/dev/null', folder), log: told });
  file.add(entry());
  await file.flush();
  file.add(entry());
  await file.flush();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('cannot be written');
  await expect(readFile(folder)).rejects.toThrow('ENOENT');
});
