import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { WorkspaceResource } from '../workspace-resource.ts';
import { bodyOf, changedByBoth, editableOf, patchOf } from './editable-workspace.ts';

const workspace: WorkspaceResource = {
  id: 'box-1a2b3',
  etag: '"a"',
  labels: { team: 'red' },
  spec: {
    image: 'an/image:1',
    mode: 'Running',
    env: { DEBUG: '1' },
    env_hidden: ['PASSWORD'],
    args: ['--token', '•••'],
    ttl: '12h',
  },
  status: { phase: 'Running', url: 'https://x/', changed_from_next_start: false, conditions: [] },
};
const before = editableOf(workspace);

test('shows what can be changed', () => {
  expect(parse(bodyOf(workspace))).toEqual({
    labels: { team: 'red' },
    spec: { image: 'an/image:1', env: { DEBUG: '1' }, args: ['--token', '•••'], ttl: '12h' },
  });
});

test.each([
  ['what it was', (body: string) => body, { kind: 'unchanged' }],
  ['nothing', () => '', { kind: 'unchanged' }],
  ['notes alone', () => '# x\n', { kind: 'unchanged' }],
  [
    'another image',
    (body: string) => body.replace('an/image:1', 'an/image:2'),
    { kind: 'patch', patch: { spec: { image: 'an/image:2' } } },
  ],
  [
    'a variable and a label less, and one more',
    (body: string) => body.replace('DEBUG: "1"', 'NEW: "2"').replace('team: red', '{}'),
    { kind: 'patch', patch: { labels: { team: null }, spec: { env: { DEBUG: null, NEW: '2' } } } },
  ],
  [
    'a field less',
    (body: string) => body.replace('  ttl: 12h\n', ''),
    { kind: 'patch', patch: { spec: { ttl: null } } },
  ],
  [
    'an unknown field',
    (body: string) => `${body}  imag: x\n`,
    expect.objectContaining({ kind: 'wrong', problem: expect.stringContaining('Unrecognized key: "imag"') as string }),
  ],
  [
    'no YAML',
    () => '{',
    expect.objectContaining({ kind: 'wrong', problem: expect.stringMatching(/^It is no YAML: /) as string }),
  ],
  ['a list', () => '- a', expect.objectContaining({ problem: 'It is not an object with labels and spec.' })],
  ['no spec', () => 'labels: {team: red}', expect.objectContaining({ problem: 'It lacks spec.' })],
  ['more than anybody writes', () => `# ${'x'.repeat(1024 * 1024)}`, expect.objectContaining({ kind: 'wrong' })],
  ['deeper than any stack', () => '['.repeat(200_000), expect.objectContaining({ kind: 'wrong' })],
  [
    'aliases that unfold without end',
    () =>
      `a: &a [1,1,1,1,1,1,1,1,1]\n${'bcdefghi'.replaceAll(/./g, (c) => `${c}: &${c} [${`*${String.fromCodePoint((c.codePointAt(0) ?? 0) - 1)},`.repeat(9)}]\n`)}`,
    expect.objectContaining({ kind: 'wrong', problem: expect.stringMatching(/^It is no YAML: /) as string }),
  ],
])('%s', (_what, edit, expected) => {
  expect(patchOf(before, edit(bodyOf(workspace)))).toEqual(expected);
});

test('says where it is wrong', () => {
  const body = bodyOf(workspace).replace('an/image:1', '7');
  const edited = patchOf(before, body);
  if (edited.kind !== 'wrong') throw new Error('7 is an image?');
  expect(edited.places.map(({ field }) => field)).toEqual(['spec.image']);
  expect(edited.places.map(({ from, to }) => body.slice(from, to))).toEqual(['7']);
});

test('what both have changed', () => {
  const now = { ...workspace, spec: { ...workspace.spec, ttl: '1h', env: { DEBUG: '2' } } };
  expect(changedByBoth(workspace, now, { spec: { ttl: '2h', image: 'another' } })).toEqual(['spec.ttl']);
  expect(changedByBoth(workspace, now, { labels: { team: 'blue' } })).toEqual([]);
});
