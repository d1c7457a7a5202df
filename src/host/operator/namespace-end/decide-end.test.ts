import { expect, test } from 'vitest';
import { decideEnd } from './decide-end.ts';
import type { EndFacts, EndStep, Holder, Leaving } from './decide-end.ts';

const one = (more: Partial<Leaving> = {}): Leaving => ({
  name: 'a',
  guarded: true,
  going: false,
  home: true,
  ...more,
});
const binding = (more: Partial<Holder> = {}): Holder => ({ name: 'binding', held: true, going: false, ...more });
const account = (more: Partial<Holder> = {}): Holder => ({ ...binding(more), name: 'me' });
const nothing: EndStep = { do: 'nothing' };
const free = (more: Partial<EndStep & { do: 'free' }> = {}): EndStep => ({
  do: 'free',
  binding: true,
  accounts: ['me'],
  together: false,
  ...more,
});

const living: Omit<EndFacts, 'namespaceGoing'> = { binding: binding(), accounts: [account()], workspaces: [one()] };

test.each<[what: string, facts: Partial<EndFacts>, step: EndStep]>([
  ['all is held', {}, nothing],
  [
    'nothing is held, and there is a home',
    { binding: binding({ held: false }), accounts: [account({ held: false })] },
    { do: 'hold', binding: true, accounts: ['me'] },
  ],
  [
    'a home is about to be made',
    { binding: binding({ held: false }), accounts: [], workspaces: [one({ guarded: false })] },
    { do: 'hold', binding: true, accounts: [] },
  ],
  [
    'only the account lacks it',
    { accounts: [account({ held: false })] },
    { do: 'hold', binding: false, accounts: ['me'] },
  ],
  ['no workspace has a home', { workspaces: [one({ guarded: false, home: false })] }, free()],
  ['the last one with a home was let go', { workspaces: [one({ guarded: false, going: true })] }, free()],
  [
    'no workspace at all, and nothing is held',
    { binding: binding({ held: false }), accounts: [], workspaces: [] },
    nothing,
  ],
  ['one that is deleted by itself is the leader’s', { workspaces: [one({ going: true })] }, nothing],
  ['somebody deletes the binding', { binding: binding({ going: true }) }, free()],
  [
    'somebody deletes a binding that is not held',
    { binding: binding({ going: true, held: false }), accounts: [account({ held: false })] },
    nothing,
  ],
  ['somebody deletes the account', { accounts: [account({ going: true })] }, free({ binding: false })],
  ['the rights are from elsewhere', { binding: undefined, accounts: [] }, nothing],
])('while the namespace stays: %s', (_what, facts, step) => {
  expect(decideEnd({ ...living, namespaceGoing: false, ...facts })).toEqual(step);
});

const gone = one({ guarded: false, going: true });
test.each<[what: string, facts: Partial<EndFacts>, step: EndStep]>([
  [
    'a workspace waits',
    { workspaces: [one({ going: true }), one({ name: 'b', guarded: false, going: true }), one({ name: 'c' })] },
    { do: 'release', workspaces: ['a', 'c'] },
  ],
  [
    'it does so whoever has which rights',
    { binding: undefined, accounts: [], workspaces: [one({ going: true })] },
    { do: 'release', workspaces: ['a'] },
  ],
  ['one is still to be deleted', { workspaces: [one(), gone] }, { do: 'release', workspaces: ['a'] }],
  [
    'even one without a home is, since it might get one',
    { workspaces: [one({ guarded: false, home: false })] },
    { do: 'release', workspaces: ['a'] },
  ],
  ['none is left that is kept', { workspaces: [gone] }, free({ together: true })],
  ['none is left', { workspaces: [] }, free({ together: true })],
  ['nothing is held any more', { binding: binding({ held: false }), accounts: [], workspaces: [] }, nothing],
  [
    'the binding is gone and the account is not',
    { binding: undefined, workspaces: [] },
    free({ binding: false, together: true }),
  ],
])('while the namespace goes: %s', (_what, facts, step) => {
  const going = { binding: binding({ going: true }), accounts: [account({ going: true })] };
  expect(decideEnd({ ...living, ...going, namespaceGoing: true, ...facts })).toEqual(step);
});
