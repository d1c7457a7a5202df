import { z } from 'zod';

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
type Rectangle = z.infer<typeof rectangle>;

export const windowStateSchema = z.object({ bounds: rectangle, maximised: z.boolean() });
export type WindowState = z.infer<typeof windowStateSchema>;

export interface Placement {
  width: number;
  height: number;
  /** Absent: the system places the window. */
  x?: number;
  y?: number;
  maximised: boolean;
}

export const smallest = { width: 640, height: 480 };
const usual = { width: 1280, height: 800 };
/** So much of a window must lie on a screen for a person to find it and drag it. */
const grip = 80;

/**
 * Where to put the window, in DIPs: where it was, if that is still on a screen (screens get unplugged); otherwise a
 * usual size wherever the system likes. `workAreas`: the screens without panels; the first one is the main screen.
 */
export function placeWindow(state: WindowState | undefined, workAreas: readonly Rectangle[]): Placement {
  const maximised = state?.maximised ?? false;
  const area = state === undefined ? undefined : workAreas.find((candidate) => holds(candidate, state.bounds));
  if (state === undefined || area === undefined) {
    const main = workAreas[0];
    return {
      width: Math.min(usual.width, main?.width ?? usual.width),
      height: Math.min(usual.height, main?.height ?? usual.height),
      maximised,
    };
  }
  const width = Math.max(smallest.width, Math.min(state.bounds.width, area.width));
  const height = Math.max(smallest.height, Math.min(state.bounds.height, area.height));
  return { x: state.bounds.x, y: state.bounds.y, width, height, maximised };
}

/** Whether the window's title bar can be seen and gripped on this screen. */
function holds(area: Rectangle, window: Rectangle): boolean {
  const seenWidth = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x);
  const topIsSeen = window.y >= area.y && window.y + grip <= area.y + area.height;
  return seenWidth >= grip && topIsSeen;
}
