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

/** What a keystroke anywhere in the page asks for: `n` where nothing is typed, or Ctrl/Cmd+N anywhere, is a launch. */
export function shortcutOf(stroke: Keystroke): 'launch' | undefined {
  if (stroke.key.toLowerCase() !== 'n' || stroke.altKey || stroke.shiftKey || stroke.repeat) return undefined;
  if (stroke.ctrlKey !== stroke.metaKey) return 'launch';
  return stroke.inText || stroke.ctrlKey ? undefined : 'launch';
}
