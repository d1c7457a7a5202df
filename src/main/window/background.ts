import { nativeTheme } from 'electron';

/** The page's own ground (`--gn-canvas`): what a window shows before its page has painted, so that nothing flashes white in the dark. */
export function backgroundColour(): string {
  return nativeTheme.shouldUseDarkColors ? '#121616' : '#f5f6f6';
}

/** What browsers paint below a page that has no ground of its own. */
export const browsersGround = '#ffffff';

/** Calls `paint` with the colour whenever the system's theme changes. Returns the end of it. */
export function followTheme(paint: (colour: string) => void): () => void {
  const listener = (): void => paint(backgroundColour());
  nativeTheme.on('updated', listener);
  return () => nativeTheme.off('updated', listener);
}
