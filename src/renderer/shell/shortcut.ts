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

export type Shortcut = 'launch' | 'palette' | 'undo';

/**
 * What a keystroke in the page asks for: `n` where nothing is typed, or Ctrl/Cmd+N anywhere, is a launch; Ctrl/Cmd+K opens the
 * commands, and Ctrl/Cmd+Z, where nothing is typed, takes the last deletion back. An IDE is a page of its own and is asked nothing here: its keys are its own.
 */
export function shortcutOf(stroke: Keystroke): Shortcut | undefined {
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
