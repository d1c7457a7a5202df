import { expect, test } from 'vitest';
import type { AuditEntry } from '#contract/audit.ts';
import { auditTable } from './audit.ts';

const entry: AuditEntry = {
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
  const { device: _device, workspace: _workspace, repeated: _repeated, ...plain } = entry;
  const mine: AuditEntry = { ...plain, who: 'local:me', image: 'a', decision: 'allowed', outcome: 'ok' };
  expect(
    auditTable([entry, mine], now, true)
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/)),
  ).toEqual([
    ['AGE', 'WHO', 'CALL', 'WORKSPACE', 'OUTCOME', 'RULE'],
    ['5m', 'user:anna@example.com (phone)', 'workspaces.stop', 'w-12345', 'denied x4', 'open-door/destructive'],
    ['5m', 'local:me', 'workspaces.stop', 'a', 'ok', 'open-door/destructive'],
  ]);
  expect(auditTable([], now)).toBe('');
});
