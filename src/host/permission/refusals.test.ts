import { expect, test } from 'vitest';
import type { Peer } from '#contract/identity.ts';
import { decide } from './decide.ts';
import type { Policy } from './grants.ts';
import { refusalsAtAll, refusalsOf } from './refusals.ts';

const peer = (...grants: object[]): Peer => ({
  kind: 'peer',
  login: 'anna',
  device: { name: 'annas-phone', id: 'n1' },
  tags: [],
  capabilities: grants.map((grant) => JSON.stringify(grant)),
});
const workspace = (owner: string) => ({ namespace: 'dev', image: 'ide', labels: {}, owner });
const shared = { allowed: true, rule: 'owner', reason: 'It is theirs.' };
const none: Policy = { state: 'known', present: false, capabilities: [] };

test.each<[what: string, who: Peer, owner: string, refused: string]>([
  ['a visitor where there is no policy', peer(), 'user:bob', 'stop delete admin'],
  ['an owner where there is no policy', peer(), 'user:anna', 'admin'],
  ['a viewer', peer({ actions: ['view'] }), 'user:anna', 'launch open stop delete admin page terminal'],
  [
    'who may open one port that is not its page',
    peer({ actions: ['view', 'open'], constraints: { ports: [3000] } }),
    'user:bob',
    'launch stop delete admin page terminal',
  ],
  [
    'who may open its page and no terminal',
    peer({ actions: ['view', 'open'], constraints: { ports: [8080] } }),
    'user:bob',
    'launch stop delete admin terminal',
  ],
  [
    'who may do all with their own, with that of another',
    peer({ actions: ['view'] }, { actions: ['open', 'stop', 'delete'], selector: { owner: 'self' } }),
    'user:bob',
    'launch open stop delete admin page terminal',
  ],
  [
    'who may do all with their own, with that',
    peer({ actions: ['view'] }, { actions: ['open', 'stop', 'delete'], selector: { owner: 'self' } }),
    'user:anna',
    'launch admin',
  ],
])('%s', (_what, who, owner, refused) => {
  const found = refusalsOf(
    (action, opened) => decide({ who, action, opened, workspace: workspace(owner) }, none),
    8080,
    shared,
  );
  expect(found.map(({ what }) => what).join(' ')).toBe(refused);
  for (const { rule, reason } of found) expect(`${rule}${reason}`).toMatch(/./);
});

test.each([[undefined], [8080]])('a workspace that is opened at %s', (page) => {
  const who = peer({ actions: ['open'], constraints: { ports: [8080] } });
  const found = refusalsOf(
    (action, opened) => decide({ who, action, opened, workspace: workspace('') }, none),
    page,
    shared,
  );
  expect(found.some(({ what }) => what === 'page')).toBe(page === undefined);
});

test('nothing is refused to the local user, and of no workspace in particular what no grant gives', () => {
  const ask = (who: Peer | { kind: 'local' }) => refusalsAtAll((action) => decide({ who, action }, none));
  expect(ask({ kind: 'local' })).toEqual([]);
  expect(ask(peer()).map(({ what }) => what)).toEqual(['admin']);
  const some = peer({ actions: ['view', 'stop'], selector: { owner: 'self' } });
  expect(ask(some).map(({ what }) => what)).toEqual(['launch', 'open', 'delete', 'admin']);
});

test('who may not share a workspace is told so', () => {
  const denied = { allowed: false, rule: 'r', reason: 'It is for its owner.' };
  expect(refusalsOf(() => shared, undefined, denied)).toEqual([{ what: 'share', rule: 'r', reason: denied.reason }]);
});
