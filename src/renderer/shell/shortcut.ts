/** The part of a KeyboardEvent that decides what it means. */
export interface Keystroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  repeat: boolean;
  /** True when the key was pressed where text is typed. */
  inText: boolean;
}

export type Shortcut = 'launch' | 'palette' | 'undo' | 'next-tab' | 'previous-tab' | 'close-tab' | 'reopen-tab';

/**
 * What a keystroke in the page asks for: `n` where nothing is typed, or Ctrl/Cmd+N anywhere, is a launch; Ctrl/Cmd+K opens the
 * commands, and Ctrl/Cmd+Z, where nothing is typed, takes the last deletion back. Ctrl/Cmd+Alt with PageDown and PageUp walks the tabs, with W closes
 * one, with Shift+W opens it again. An IDE is a page of its own and is asked nothing here: its keys are its own.
 */
export function shortcutOf(stroke: Keystroke): Shortcut | undefined {
  if (stroke.altKey && stroke.ctrlKey !== stroke.metaKey) return tabShortcutOf(stroke);
  if (stroke.altKey || stroke.shiftKey || stroke.repeat) return undefined;
  const isWithCommand = stroke.ctrlKey !== stroke.metaKey;
  switch (stroke.key.toLowerCase()) {
    case 'n':
      if (isWithCommand) return 'launch';
      return stroke.inText || stroke.ctrlKey ? undefined : 'launch';
    case 'k':
      return isWithCommand ? 'palette' : undefined;
    case 'z':
      return isWithCommand && !stroke.inText ? 'undo' : undefined;
    default:
      return undefined;
  }
}

function tabShortcutOf({ key, shiftKey, repeat }: Keystroke): Shortcut | undefined {
  if (key.toLowerCase() === 'w' && !repeat) return shiftKey ? 'reopen-tab' : 'close-tab';
  if (shiftKey) return undefined;
  if (key === 'PageDown') return 'next-tab';
  return key === 'PageUp' ? 'previous-tab' : undefined;
}
