import type { BrowserWindow, WebContents, WebContentsView } from 'electron';
import type { Bounds } from '#contract/desktop.ts';
import { viewBounds } from './view-bounds.ts';

/** Where the UI's page wants a view, in its CSS pixels. */
export interface Placed {
  id: string;
  bounds: Bounds;
}

export interface Stage {
  /** Puts these views, and no others, where the page wants them; the first is the one that is worked in. */
  set(placed: readonly Placed[]): void;
  /** The one that is worked in. */
  first(): string | undefined;
  holds(id: string): boolean;
  /** Takes a view off, which is to be seen elsewhere or not at all. */
  drop(id: string): void;
  /** Brings all of it in step with the window and the views' states. */
  update(): void;
}

/** The views that are seen in the app's window: one, or two beside each other. */
export function createStage(options: {
  window: BrowserWindow;
  viewOf: (id: string) => WebContentsView | undefined;
  /** The views that the window has, whether they are seen or not, by id. */
  own: () => Iterable<[string, WebContentsView]>;
  /** A failed view is not on show: the page below it says what is wrong. */
  mayBeSeen: (id: string) => boolean;
  /** The page that fills the screen, if one does. */
  holder: () => WebContents | undefined;
}): Stage {
  const { window, viewOf, own, mayBeSeen, holder } = options;
  let placed: readonly Placed[] = [];
  const holds = (id: string): boolean => placed.some((one) => one.id === id);

  function layOut(): void {
    const { width, height } = window.getContentBounds();
    const zoom = window.webContents.getZoomFactor();
    for (const { id, bounds } of placed) {
      const view = viewOf(id);
      if (view === undefined) continue;
      const isFull = holder() === view.webContents;
      view.setBounds(isFull ? { x: 0, y: 0, width, height } : viewBounds(bounds, zoom, { width, height }));
    }
  }

  function paint(): void {
    const full = placed.find(({ id }) => viewOf(id)?.webContents === holder());
    for (const [id, view] of own()) {
      // What fills the screen has it alone.
      const isSeen = full === undefined ? holds(id) : full.id === id;
      view.setVisible(isSeen && mayBeSeen(id));
    }
  }

  const update = (): void => {
    if (window.isDestroyed()) return;
    layOut();
    paint();
  };
  // Going to full screen takes the system a moment, and there is one page more to be placed when it is done.
  window.on('resize', update);

  return {
    set(wanted) {
      placed = wanted;
      update();
    },
    first: () => placed[0]?.id,
    holds,
    drop(id) {
      placed = placed.filter((one) => one.id !== id);
    },
    update,
  };
}
