import { expect, test } from 'vitest';
import type { AuditEntry } from '#contract/audit.ts';
import type { Peer } from '#contract/identity.ts';
import { ownerOf } from '../permission/question.ts';
import { createAudit } from './audit.ts';
import type { Act } from './audit.ts';

const anna: Peer = {
  kind: 'peer',
  login: 'anna',
  device: { name: 'phone', id: 'n1' },
  tags: [],
  capabilities: ['{"secret":1}'],
};
const yes = { allowed: true, rule: 'open-door' };
const no = { allowed: false, rule: 'no-grant' };

function started() {
  const entries: AuditEntry[] = [];
  const told: [string, string | undefined][] = [];
  let time = 0;
  const audit = createAudit({
    file: { add: (entry) => entries.push(entry), recent: () => Promise.resolve([]), flush: () => Promise.resolve() },
    ownerOf: (who) => ownerOf(who, 'me'),
    tell: ({ workspace }: Act, who) => told.push([who, workspace]),
    now: () => time,
  });
  return { audit, entries, told, later: (ms: number) => (time += ms) };
}

test('an entry says who, by which device, what and by which rule, and nothing of their grants', () => {
  const { audit, entries, told } = started();
  audit.record({ who: anna, call: 'workspaces.stop', workspace: 'w', decision: yes, requestId: 'r' });
  audit.record({
    who: { kind: 'local' },
    call: 'workspaces.create',
    image: 'a',
    decision: yes,
    outcome: 'invalid_spec',
  });
  expect(entries).toEqual([
    {
      at: '1970-01-01T00:00:00.000Z',
      who: 'user:anna',
      device: 'phone',
      device_id: 'n1',
      call: 'workspaces.stop',
      workspace: 'w',
      decision: 'allowed',
      rule: 'open-door',
      outcome: 'ok',
      request_id: 'r',
    },
    {
      at: '1970-01-01T00:00:00.000Z',
      who: 'local:me',
      call: 'workspaces.create',
      image: 'a',
      decision: 'allowed',
      rule: 'open-door',
      outcome: 'invalid_spec',
    },
  ]);
  // What came to nothing is no news for the cluster.
  expect(told).toEqual([['user:anna', 'w']]);
});

test('the same refusal over and over is one line and a count', () => {
  const { audit, entries, later } = started();
  const refuse = (): void => audit.record({ who: anna, call: 'x', workspace: 'w', decision: no, outcome: 'forbidden' });
  for (let at = 0; at < 100; at += 1) refuse();
  audit.record({ who: anna, call: 'y', decision: no, outcome: 'forbidden' });
  expect(entries.map(({ call }) => call)).toEqual(['x', 'y']);
  later(10_000);
  refuse();
  expect(entries.at(-1)).toMatchObject({ call: 'x', repeated: 99 });
});

test('a session is opened once, and anew after half an hour without use', () => {
  const { audit, entries, later } = started();
  const use = (workspace: string): void => audit.opened({ who: anna, workspace, decision: yes });
  for (let at = 0; at < 10; at += 1) {
    use('w');
    later(29 * 60_000);
  }
  use('other');
  later(31 * 60_000);
  use('w');
  expect(entries.map(({ call, workspace }) => [call, workspace])).toEqual([
    ['workspace.open', 'w'],
    ['workspace.open', 'other'],
    ['workspace.open', 'w'],
  ]);
});
