import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { bodyOf, editableOf, notesOf, patchOf } from './editable.ts';
import { withNotes, withoutNotes } from './notes.ts';

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

test('shows what can be changed, and says what is not shown', () => {
  expect(parse(bodyOf(workspace))).toEqual({
    labels: { team: 'red' },
    spec: { image: 'an/image:1', env: { DEBUG: '1' }, args: ['--token', '•••'], ttl: '12h' },
  });
  const text = withNotes(notesOf(workspace), bodyOf(workspace));
  expect(text).toContain('# Variables that are not shown, and stay: PASSWORD.');
  expect(withoutNotes(text)).toBe(bodyOf(workspace));
});

test('says why it could not be used, once', () => {
  const notes = notesOf(workspace);
  const again = withNotes(notes, withoutNotes(withNotes(notes, bodyOf(workspace), 'first')), 'spec.ttl: no\nand more');
  expect(again).toMatch(/^# It could not be used as it was:\n# spec\.ttl: no\n# and more\n#\n/);
  expect(again).not.toContain('first');
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
    { kind: 'wrong', problem: expect.stringContaining('Unrecognized key: "imag"') as string },
  ],
  ['no YAML', () => '{', { kind: 'wrong', problem: expect.stringMatching(/^It is no YAML: /) as string }],
  ['a list', () => '- a', { kind: 'wrong', problem: 'It is not an object with labels and spec.' }],
  ['no spec', () => 'labels: {team: red}', { kind: 'wrong', problem: 'It lacks spec.' }],
])('%s', (_what, edit, expected) => {
  expect(patchOf(before, edit(bodyOf(workspace)))).toEqual(expected);
});
