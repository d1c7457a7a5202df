import { expect, test } from 'vitest';
import type { AuditEntry } from '#contract/audit.ts';
import { auditTable, everyEntry } from './audit.ts';

const entry: AuditEntry = {
  id: 'e1',
  at: '2026-11-26T12:00:00.000Z',
  who: 'user:anna@example.com',
  device: 'phone',
  call: 'workspaces.stop',
  workspace: 'w-12345',
  decision: 'denied',
  rule: 'open-door/destructive',
  outcome: 'forbidden',
  repeated: 3,
};

test('a table of the audit', () => {
  const now = Date.parse('2026-11-26T12:05:00.000Z');
  const { id: _id, device: _device, workspace: _workspace, repeated: _repeated, ...plain } = entry;
  const mine: AuditEntry = { ...plain, who: 'local:me', image: 'a', decision: 'allowed', outcome: 'ok' };
  expect(
    auditTable([entry, mine], now, true)
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/)),
  ).toEqual([
    ['AGE', 'WHO', 'CALL', 'WORKSPACE', 'OUTCOME', 'RULE', 'ID'],
    ['5m', 'user:anna@example.com (phone)', 'workspaces.stop', 'w-12345', 'denied x4', 'open-door/destructive', 'e1'],
    ['5m', 'local:me', 'workspaces.stop', 'a', 'ok', 'open-door/destructive', '-'],
  ]);
  expect(auditTable([], now)).toBe('');
});

test('everything is asked for page by page, from the last of each', async () => {
  const all = Array.from({ length: 2_500 }, (_, at): AuditEntry => ({ ...entry, id: String(at) }));
  const asked: unknown[] = [];
  const found = await everyEntry((more) => {
    asked.push(more);
    const from = more.before === undefined ? 0 : Number(more.before) + 1;
    return Promise.resolve(all.slice(from, from + (more.limit ?? 100)));
  });
  expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(asked).toEqual([{ limit: 1_000 }, { limit: 1_000, before: '999' }, { limit: 1_000, before: '1999' }]);
});
