import { expect, test } from 'vitest';
import { viewMenu } from './view-menu.ts';

const page = { canGoBack: false, canGoForward: false, zoom: 1, mayReadClipboard: false, away: undefined };
const enabled = (entries: ReturnType<typeof viewMenu>): string[] =>
  entries.flatMap((item) => (item.kind === 'act' && item.enabled ? [item.label] : []));

test('at home, as it came', () => {
  expect(enabled(viewMenu(page))).toEqual([
    'Reload',
    'Zoom in',
    'Zoom out',
    'Find in the page…',
    'Print…',
    'Let it read the clipboard',
    'Developer tools',
  ]);
});

test.each([
  ['the largest', 5, 'Zoom in', false],
  ['the smallest', 0.25, 'Zoom out', false],
  ['a larger one', 1.5, 'Actual size (now 150 %)', true],
])('zoom: %s', (_what, zoom, label, wanted) => {
  expect(enabled(viewMenu({ ...page, zoom })).includes(label)).toBe(wanted);
});

test('what was allowed is taken back here', () => {
  expect(enabled(viewMenu({ ...page, mayReadClipboard: true }))).toContain('Do not let it read the clipboard any more');
});

test('elsewhere, the way is back to the workspace', () => {
  const entries = enabled(viewMenu({ ...page, canGoBack: true, away: 'https://github.com' }));
  expect(entries.slice(0, 2)).toEqual(['Back', 'Back to the workspace']);
});
