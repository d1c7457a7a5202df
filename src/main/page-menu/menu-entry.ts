/** What a menu over a page can do; `menu-actions.ts` does it. */
export type PageAction =
  | { type: 'open-outside' | 'copy-text' | 'copy-image-address' | 'save'; url: string }
  | { type: 'copy-image' | 'inspect'; x: number; y: number }
  | { type: 'say-clipboard'; mayRead: boolean }
  | { type: 'back' | 'forward' | 'reload' | 'zoom-in' | 'zoom-out' | 'zoom-reset' | 'find' | 'print' | 'devtools' };

/** What Electron does by itself. */
export type EditRole = 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll';

export type MenuEntry =
  | { kind: 'separator' }
  | { kind: 'edit'; role: EditRole }
  | { kind: 'act'; label: string; action: PageAction; enabled: boolean };

/** One entry of a menu; `enabled` unless said otherwise. */
export function entry(label: string, action: PageAction, enabled = true): MenuEntry {
  return { kind: 'act', label, action, enabled };
}

/** The groups that have anything in them, with a line between two. */
export function grouped(groups: readonly (readonly MenuEntry[])[]): MenuEntry[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, place): MenuEntry[] => (place === 0 ? [...group] : [{ kind: 'separator' }, ...group]));
}
