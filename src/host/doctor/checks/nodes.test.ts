import { expect, test } from 'vitest';
import { judgeNodes } from './nodes.ts';
import type { FoundNode } from './nodes.ts';

const ready = { type: 'Ready', status: 'True' };
const node = (more: Partial<FoundNode> = {}): FoundNode => ({
  name: 'one',
  unschedulable: false,
  conditions: [ready],
  ...more,
});

test.each<[what: string, nodes: FoundNode[], found: [string, RegExp][]]>([
  ['one that is ready', [node()], [['ok', /^1 of 1/]]],
  ['none', [], [['error', /has no node/]]],
  ['one that takes nothing', [node({ unschedulable: true })], [['error', /No node of the cluster can take/]]],
  [
    'one that is not ready',
    [
      node(),
      node({ name: 'two', conditions: [{ type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting' }] }),
    ],
    [
      ['ok', /^1 of 2/],
      ['warning', /two is not ready \(Kubelet stopped posting\)/],
    ],
  ],
  [
    'one that says nothing',
    [node({ conditions: [] })],
    [
      ['error', /No node/],
      ['warning', /one is not ready\./],
    ],
  ],
  [
    'one that is short of disk',
    [node({ conditions: [ready, { type: 'DiskPressure', status: 'True' }, { type: 'PIDPressure', status: 'False' }] })],
    [
      ['ok', /^1 of 1/],
      ['warning', /one says DiskPressure/],
    ],
  ],
])('%s', (_what, nodes, found) => {
  const findings = judgeNodes(nodes);
  expect(findings.map(({ state }) => state)).toEqual(found.map(([state]) => state));
  for (const [place, [, words]] of found.entries()) expect(findings[place]?.message).toMatch(words);
});
