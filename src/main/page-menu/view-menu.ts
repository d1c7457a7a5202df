import { entry, grouped, type MenuEntry } from './menu-entry.ts';
import { zoomWords } from './zoom.ts';
import { t } from '../words/words.ts';

export interface ViewPage {
  canGoBack: boolean;
  canGoForward: boolean;
  zoom: number;
  /** Whether its pages may read the clipboard. */
  mayReadClipboard: boolean;
  /** Where the view is, while that is not the workspace's own place. */
  away: string | undefined;
}

/** The menu of an IDE view, which its toolbar opens: a menu of the system, as nothing of the page can stand over the view. */
export function viewMenu({ canGoBack, canGoForward, zoom, mayReadClipboard, away }: ViewPage): MenuEntry[] {
  return grouped([
    [
      entry(t().page.back, { type: 'back' }, canGoBack),
      entry(t().page.forward, { type: 'forward' }, canGoForward),
      entry(away === undefined ? t().page.reload : t().page.backToWorkspace, { type: 'reload' }),
    ],
    [
      entry(t().menu.zoomIn, { type: 'zoom-in' }, zoom < 5),
      entry(t().menu.zoomOut, { type: 'zoom-out' }, zoom > 0.25),
      entry(t().page.actualSize(zoomWords(zoom)), { type: 'zoom-reset' }, zoomWords(zoom) !== '100 %'),
    ],
    [entry(t().page.find, { type: 'find' }), entry(t().page.print, { type: 'print' })],
    [
      mayReadClipboard
        ? entry(t().page.denyClipboard, { type: 'say-clipboard', mayRead: false })
        : entry(t().page.allowClipboard, { type: 'say-clipboard', mayRead: true }),
    ],
    [entry(t().page.devtools, { type: 'devtools' })],
  ]);
}
