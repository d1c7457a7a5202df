import type { Bounds } from '#contract/desktop.ts';

const most = 32_767;

/** The part of a DOMRect that says where a box is, in CSS pixels of the window. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Where a view has to be to cover `box`: whole CSS pixels inside the window. Edges are rounded, not sizes, so that a view
 * meets its neighbours without a gap or an overlap.
 */
export function boundsOfBox(box: Box): Bounds {
  const x = whole(box.left);
  const y = whole(box.top);
  return { x, y, width: Math.max(0, whole(box.right) - x), height: Math.max(0, whole(box.bottom) - y) };
}

function whole(value: number): number {
  return Math.min(most, Math.max(0, Math.round(value)));
}

/** True when a view with these bounds can be seen. */
export function isVisible(bounds: Bounds): boolean {
  return bounds.width > 0 && bounds.height > 0;
}

export function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
