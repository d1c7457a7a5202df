import { expect, test } from 'vitest';
import type { Preset } from '#contract/image-defaults.ts';
import { isSameLabel, overlaySchema, presetOf, shownPresets } from './overlay.ts';
import type { Overlay } from './overlay.ts';

const offered: Preset[] = [
  { label: 'code', image: 'code:1' },
  { label: 'notes', image: 'notes:1' },
];
const seen = (overlay: Overlay): string[] =>
  shownPresets(offered, overlay).map(({ label, image, source }) => `${label} ${image} ${source}`);

test.each<[string, Overlay, string[]]>([
  ['nothing', {}, ['code code:1 offered', 'notes notes:1 offered']],
  ['a change, in its place', { code: { image: 'code:2' } }, ['code code:2 changed', 'notes notes:1 offered']],
  ['one that is hidden', { code: null }, ['code code:1 hidden', 'notes notes:1 offered']],
  ['one more', { mine: { image: 'x' } }, ['code code:1 offered', 'notes notes:1 offered', 'mine x own']],
  ['one that is hidden and gone', { old: null }, ['code code:1 offered', 'notes notes:1 offered']],
])('%s', (_what, overlay, expected) => {
  expect(seen(overlay)).toEqual(expected);
});

test('the tag is another when the preset is, and only then', () => {
  const [tag, again, changed, hidden] = [{}, { notes: null }, { code: { image: 'code:2' } }, { code: null }].map(
    (overlay) => shownPresets(offered, overlay)[0]?.etag,
  );
  expect(again).toBe(tag);
  expect(new Set([tag, changed, hidden]).size).toBe(3);
});

test('is a preset again without what the list says of it', () => {
  expect(shownPresets(offered, {}).map(presetOf)).toEqual(offered);
});

test.each([
  ['a', 'a', true],
  ['My Notes', 'my-notes', true],
  ['a', 'b', false],
  ['日本', '本日', false],
])('%s and %s are the same: %s', (one, other, expected) => {
  expect(isSameLabel(one, other)).toBe(expected);
});

test.each([
  [{ a: { image: 'x', imag: 'y' } }, false],
  [{ a: { label: 'a', image: 'x' } }, false],
  [{ a: null, b: { image: 'x', home: { mountPath: '/x' } } }, true],
  [Object.fromEntries(Array.from({ length: 257 }, (_, index) => [String(index), null])), false],
])('%j is what can be kept: %s', (value, expected) => {
  expect(overlaySchema.safeParse(value).success).toBe(expected);
});
