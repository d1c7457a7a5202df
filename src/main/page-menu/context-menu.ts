import type { Role } from '../security/role.ts';
import { parseUrl } from '../security/role.ts';
import { entry, grouped, type EditRole, type MenuEntry } from './menu-entry.ts';
import { t } from '../words/words.ts';

/** What Electron tells of the place that was clicked (its `ContextMenuParams`, as far as it decides the menu). */
export interface ClickedPlace {
  x: number;
  y: number;
  linkURL: string;
  srcURL: string;
  mediaType: string;
  selectionText: string;
  isEditable: boolean;
  editFlags: { canUndo: boolean; canRedo: boolean; canCut: boolean; canCopy: boolean; canPaste: boolean };
}

const webSchemes = new Set(['http:', 'https:']);
/** What a page holds itself is saved like what it links to. */
const savedSchemes = new Set([...webSchemes, 'blob:', 'data:']);

function hasScheme(text: string, schemes: ReadonlySet<string>): boolean {
  const url = parseUrl(text);
  return url !== undefined && schemes.has(url.protocol);
}

/**
 * The menu of a click with the other button, where the page has none of its own (VS Code, Jupyter and the terminal have).
 * Empty: none is shown. Addresses are the page's: only those of the web go to the browser.
 */
export function contextMenu(
  role: Role,
  place: ClickedPlace,
  page: { canGoBack: boolean; canGoForward: boolean; mayInspect: boolean },
): MenuEntry[] {
  if (role.kind === 'closed') return [];
  const edit = grouped([editing(place)]);
  const inspect = page.mayInspect ? [entry(t().page.inspect, { type: 'inspect', x: place.x, y: place.y })] : [];
  if (role.kind === 'ui') return grouped([edit, inspect]);
  const isPlain = place.linkURL === '' && place.srcURL === '' && !place.isEditable && place.selectionText === '';
  const going = [
    entry(t().page.back, { type: 'back' }, page.canGoBack),
    entry(t().page.forward, { type: 'forward' }, page.canGoForward),
    entry(t().page.reload, { type: 'reload' }),
  ];
  return grouped([linkEntries(place), imageEntries(place), edit, isPlain ? going : [], inspect]);
}

function editing({ isEditable, selectionText, editFlags }: ClickedPlace): MenuEntry[] {
  const copies: EditRole[] = editFlags.canCopy && selectionText.trim() !== '' ? ['copy'] : [];
  const roles: EditRole[] = isEditable
    ? [
        ...(editFlags.canUndo ? (['undo'] as const) : []),
        ...(editFlags.canRedo ? (['redo'] as const) : []),
        ...(editFlags.canCut ? (['cut'] as const) : []),
        ...copies,
        ...(editFlags.canPaste ? (['paste'] as const) : []),
        'selectAll',
      ]
    : copies;
  return roles.map((role) => ({ kind: 'edit', role }));
}

function linkEntries({ linkURL }: ClickedPlace): MenuEntry[] {
  if (linkURL === '') return [];
  const web = hasScheme(linkURL, webSchemes) ? [entry(t().page.openLink, { type: 'open-outside', url: linkURL })] : [];
  const saved = hasScheme(linkURL, savedSchemes) ? [entry(t().page.saveLink, { type: 'save', url: linkURL })] : [];
  return [...web, ...saved, entry(t().page.copyLink, { type: 'copy-text', url: linkURL })];
}

function imageEntries({ mediaType, srcURL, x, y }: ClickedPlace): MenuEntry[] {
  if (mediaType !== 'image') return [];
  const saved = hasScheme(srcURL, savedSchemes) ? [entry(t().page.saveImage, { type: 'save', url: srcURL })] : [];
  const address = hasScheme(srcURL, webSchemes)
    ? [entry(t().page.copyImageAddress, { type: 'copy-image-address', url: srcURL })]
    : [];
  return [entry(t().page.copyImage, { type: 'copy-image', x, y }), ...saved, ...address];
}
