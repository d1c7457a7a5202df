import type { Bounds } from '#contract/desktop.ts';
import type { IdeViews } from '../platform/platform.ts';
import { isVisible, sameBounds } from './bounds.ts';

/** What the page wants to be seen: one workspace's view at these bounds and another one beside it, or no view at all. */
export type Wanted = (ShownView & { beside?: ShownView | undefined }) | undefined;

interface ShownView {
  id: string;
  bounds: Bounds;
}

export interface ViewSync {
  want(wanted: Wanted): void;
}

/**
 * Drives the desktop's views to what the page wants. At most one call is under way and the latest wish wins, so that a
 * dragged window edge sends as many calls as the desktop can follow, and a `hide` cannot be overtaken by an older `show`.
 */
export function createViewSync(views: Pick<IdeViews, 'show' | 'hide'>, onProblem: (error: unknown) => void): ViewSync {
  let wanted: Wanted;
  let done: Wanted;
  let busy = false;

  const run = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (!sameWish(wanted, done)) {
      const next = wanted;
      // Taken as done even when it fails: the next wish tries again, a loop on a broken view would not end.
      done = next;
      try {
        await (next === undefined ? views.hide() : views.show(next.id, next.bounds, next.beside));
      } catch (error) {
        onProblem(error);
      }
    }
    busy = false;
  };

  return {
    want: (next) => {
      wanted = seenOf(next);
      void run();
    },
  };
}

function seenOf(wanted: Wanted): Wanted {
  if (wanted === undefined || !isVisible(wanted.bounds)) return undefined;
  const { id, bounds, beside } = wanted;
  return beside !== undefined && isVisible(beside.bounds) ? { id, bounds, beside } : { id, bounds };
}

function sameWish(a: Wanted, b: Wanted): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.id === b.id && sameBounds(a.bounds, b.bounds) && sameWish(a.beside, b.beside);
}
