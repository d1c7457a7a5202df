import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { labelledAnswer } from './answers.ts';
import { labelledBy } from './labelled.ts';

const as = labelledBy('two', 'arn:aws/two');
const server: Server = { id: 'box', name: 'box', image: 'alpine', status: 'running', phase: 'Running' };
const shown = { ...server, id: 'box@two', name: 'box@two', context: 'arn:aws/two' };

test('what is shown of another context names it, and is the same object for the same workspace', () => {
  expect(as.server(server)).toEqual(shown);
  expect(as.server(server)).toBe(as.server(server));
  expect(as.server({ ...server })).not.toBe(as.server(server));
});

test.each<[string, unknown, unknown]>([
  ['workspaces.stop', server, shown],
  ['workspaces.create', { id: 'box', status: 'pending' }, { id: 'box@two', status: 'pending' }],
  ['workspaces.delete', { deleted: 'box' }, { deleted: 'box@two' }],
  [
    'resources.delete',
    { deleted: 'box', home: { id: 'box', retained_until: 'then' } },
    { deleted: 'box@two', home: { id: 'box@two', retained_until: 'then' } },
  ],
  ['forwards.ofWorkspace', [{ id: 'f', workspace: 'box' }], [{ id: 'f', workspace: 'box@two' }]],
  [
    'shares.of',
    { workspace: 'box', shares: [{ workspace: 'box' }] },
    { workspace: 'box@two', shares: [{ workspace: 'box@two' }] },
  ],
  ['terminals.list', [{ session: 'a' }], [{ session: 'a' }]],
])('the answer of %s', (call, output, wanted) => {
  expect(labelledAnswer(call.split('.'), output, as)).toEqual(wanted);
});
