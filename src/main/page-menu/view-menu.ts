import { entry, grouped, type MenuEntry } from './menu-entry.ts';
import { zoomWords } from './zoom.ts';

export interface ViewPage {
  canGoBack: boolean;
  canGoForward: boolean;
  zoom: number;
  /** Where the view is, while that is not the workspace's own place. */
  away: string | undefined;
}

/** The menu of an IDE view, which its toolbar opens: a menu of the system, as nothing of the page can stand over the view. */
export function viewMenu({ canGoBack, canGoForward, zoom, away }: ViewPage): MenuEntry[] {
  return grouped([
    [
      entry('Back', { type: 'back' }, canGoBack),
      entry('Forward', { type: 'forward' }, canGoForward),
      entry(away === undefined ? 'Reload' : 'Back to the workspace', { type: 'reload' }),
    ],
    [
      entry('Zoom in', { type: 'zoom-in' }, zoom < 5),
      entry('Zoom out', { type: 'zoom-out' }, zoom > 0.25),
      entry(`Actual size (now ${zoomWords(zoom)})`, { type: 'zoom-reset' }, zoomWords(zoom) !== '100 %'),
    ],
    [entry('Find in the page…', { type: 'find' }), entry('Print…', { type: 'print' })],
    [entry('Developer tools', { type: 'devtools' })],
  ]);
}
