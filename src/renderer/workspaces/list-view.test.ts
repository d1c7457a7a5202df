import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { ownerWords, usualView, viewed, type ListView } from './list-view.ts';

const server = (id: string, phase: Server['phase'], more: Partial<Server> = {}): Server => ({
  id,
  name: id,
  image: 'ghcr.io/a/code:1',
  status: 'running',
  phase,
  ...more,
});
const servers = [
  server('web', 'Running', { owner: 'local:ada' }),
  server('api', 'Failed', { owner: 'user:bob@example.com', image: 'nginx' }),
  server('lab', 'Stopped'),
  server('new', 'Starting', { owner: 'local:ada', node: 'node-7' }),
];

test.each<[string, Partial<ListView>, string[]]>([
  ['as they come', {}, ['web', 'api', 'lab', 'new']],
  ['oldest first', { order: 'oldest' }, ['new', 'lab', 'api', 'web']],
  ['by name', { order: 'name' }, ['api', 'lab', 'new', 'web']],
  ['what needs you first', { order: 'phase' }, ['api', 'new', 'web', 'lab']],
  ['by owner, those without one first', { order: 'owner' }, ['lab', 'web', 'new', 'api']],
  ['a word of a name', { text: 'LA' }, ['lab']],
  ['a word of an image', { text: 'nginx' }, ['api']],
  ['a word of an owner', { text: 'ada' }, ['web', 'new']],
  ['a node', { text: 'node-7' }, ['new']],
  ['two words of different fields', { text: ' ada  code ' }, ['web', 'new']],
  ['a word that is nowhere', { text: 'zzz' }, []],
  ['failed ones', { phase: 'failed' }, ['api']],
  ['those on their way', { phase: 'starting' }, ['new']],
  ['stopped ones', { phase: 'stopped' }, ['lab']],
  ['a phase and a word', { phase: 'running', text: 'ada' }, ['web']],
])('%s', (_what, view, wanted) => {
  expect(viewed(servers, { ...usualView, ...view }).map(({ id }) => id)).toEqual(wanted);
});

test.each([
  [undefined, undefined],
  ['local:ada', 'ada (host)'],
  ['user:bob@example.com', 'bob@example.com'],
  ['device:tablet', 'tablet (device)'],
  ['tag:ci', 'tag:ci'],
  ['plain', 'plain'],
])('owner %s', (owner, words) => {
  expect(ownerWords(owner)).toBe(words);
});
