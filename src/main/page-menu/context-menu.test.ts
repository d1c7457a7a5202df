import { expect, test } from 'vitest';
import { closed, type Role } from '../security/role.ts';
import { contextMenu, type ClickedPlace } from './context-menu.ts';
import type { MenuEntry } from './menu-entry.ts';

const cs: Role = { kind: 'workspace', id: 'cs-1', url: 'https://cs-1.localhost:8080/' };
const ui: Role = { kind: 'ui', origin: 'app://guildnet' };
const nowhere: ClickedPlace = {
  x: 1,
  y: 2,
  linkURL: '',
  srcURL: '',
  mediaType: 'none',
  selectionText: '',
  isEditable: false,
  editFlags: { canUndo: false, canRedo: false, canCut: false, canCopy: false, canPaste: false },
};
const page = { canGoBack: true, canGoForward: false, mayInspect: false };
const words = (entries: MenuEntry[]): string[] =>
  entries.map((item) => (item.kind === 'separator' ? '-' : item.kind === 'edit' ? item.role : item.label));
const all = { canUndo: true, canRedo: true, canCut: true, canCopy: true, canPaste: true };

test.each<[string, Role, Partial<ClickedPlace>, Partial<typeof page>, string[]]>([
  ['nothing under it', cs, {}, {}, ['Back', 'Forward', 'Reload']],
  ['nothing under it, in a checkout', cs, {}, { mayInspect: true }, ['Back', 'Forward', 'Reload', '-', 'Inspect']],
  [
    'a link',
    cs,
    { linkURL: 'https://example.com/' },
    {},
    ['Open link in the browser', 'Save link', 'Copy link address'],
  ],
  ['a link to a program', cs, { linkURL: 'ms-settings:x' }, {}, ['Copy link address']],
  ['a link to script', cs, { linkURL: 'javascript:alert(1)' }, {}, ['Copy link address']],
  ['a link to a file', cs, { linkURL: 'file:///etc/passwd' }, {}, ['Copy link address']],
  [
    'an image of the web',
    cs,
    { mediaType: 'image', srcURL: 'https://example.com/a.png' },
    {},
    ['Copy image', 'Save image', 'Copy image address'],
  ],
  [
    'an image that the page made',
    cs,
    { mediaType: 'image', srcURL: 'data:image/png;base64,AA' },
    {},
    ['Copy image', 'Save image'],
  ],
  ['chosen text', cs, { selectionText: 'a', editFlags: { ...all, canPaste: false } }, {}, ['copy']],
  [
    'a field',
    cs,
    { isEditable: true, selectionText: 'a', editFlags: all },
    {},
    ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'],
  ],
  [
    'an empty field',
    cs,
    { isEditable: true, editFlags: { ...nowhere.editFlags, canPaste: true } },
    {},
    ['paste', 'selectAll'],
  ],
  ['a link of the UI', ui, { linkURL: 'https://example.com/' }, {}, []],
  [
    'a field of the UI',
    ui,
    { isEditable: true, editFlags: { ...nowhere.editFlags, canPaste: true } },
    {},
    ['paste', 'selectAll'],
  ],
  ['a page without a role', closed, { isEditable: true, editFlags: all }, { mayInspect: true }, []],
])('%s', (_what, role, place, at, wanted) => {
  expect(words(contextMenu(role, { ...nowhere, ...place }, { ...page, ...at }))).toEqual(wanted);
});

test('what cannot be done is grey', () => {
  const entries = contextMenu(cs, nowhere, page);
  expect(entries.map((item) => item.kind === 'act' && item.enabled)).toEqual([true, false, true]);
});
