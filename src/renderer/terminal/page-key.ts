/** The part of a KeyboardEvent that decides what it means. */
export interface TerminalKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/**
 * What a key in a terminal asks of the page; everything else is the program's. Ctrl-C is the program's, so that copying is Ctrl-Shift-C, as
 * in other terminals, and Cmd-C on a Mac. Pasting is left to the browser, which asks nobody for it then.
 */
export function pageKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: TerminalKey): 'copy' | 'paste' | 'search' | undefined {
  const isOurs = !altKey && ((ctrlKey && shiftKey && !metaKey) || (metaKey && !ctrlKey && !shiftKey));
  if (!isOurs) return undefined;
  switch (key.toLowerCase()) {
    case 'c':
      return 'copy';
    case 'v':
      return 'paste';
    case 'f':
      return 'search';
    default:
      return undefined;
  }
}
