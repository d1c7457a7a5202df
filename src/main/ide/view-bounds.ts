import type { Bounds } from '#contract/desktop.ts';

/**
 * Where a view goes in the window's content, in DIPs: what the page asks for in its CSS pixels, at the page's zoom, kept
 * inside the content so that no part of a workspace ever covers more than the page gave it.
 */
export function viewBounds(asked: Bounds, zoomFactor: number, content: { width: number; height: number }): Bounds {
  const left = Math.min(Math.round(asked.x * zoomFactor), content.width);
  const top = Math.min(Math.round(asked.y * zoomFactor), content.height);
  const right = Math.min(Math.round((asked.x + asked.width) * zoomFactor), content.width);
  const bottom = Math.min(Math.round((asked.y + asked.height) * zoomFactor), content.height);
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}
