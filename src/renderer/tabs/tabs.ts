import { z } from 'zod';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { mostOpen } from '#contract/desktop.ts';

/** So many closed ones can be opened again. */
const mostClosed = 20;
/** A part of a split view is never smaller than this share of it. */
const leastShare = 0.2;

const id = textOf(longest.name).min(1);

const splitSchema = z.object({
  /** Beside each other, or the second below the first. */
  direction: z.enum(['row', 'column']),
  first: id,
  second: id,
  /** What the first has of the room. */
  share: z
    .number()
    .min(leastShare)
    .max(1 - leastShare),
});
export type Split = z.infer<typeof splitSchema>;

/** The workspaces that are open, in their order, by id; those closed last, the last one first; and two that are seen together. */
export const tabsSchema = z.object({
  ids: listOf(id, mostOpen),
  closed: listOf(id, mostClosed),
  split: splitSchema.optional(),
});
export type Tabs = z.infer<typeof tabsSchema>;

export const noTabs: Tabs = { ids: [], closed: [] };

/** With this one at the end, unless it is open. The one opened first makes room where there are too many. */
export function withTab(tabs: Tabs, opened: string): Tabs {
  if (tabs.ids.includes(opened)) return tabs;
  const [oldest] = tabs.ids;
  const roomy = tabs.ids.length >= mostOpen && oldest !== undefined ? withoutTab(tabs, oldest) : tabs;
  return { ...roomy, ids: [...roomy.ids, opened], closed: roomy.closed.filter((it) => it !== opened) };
}

/** Without this one, which can be opened again. Ends a split that it is part of. */
export function withoutTab(tabs: Tabs, gone: string): Tabs {
  if (!tabs.ids.includes(gone)) return tabs;
  const { split, ...rest } = tabs;
  const isSplit = split !== undefined && split.first !== gone && split.second !== gone;
  return {
    ...rest,
    ids: tabs.ids.filter((it) => it !== gone),
    closed: [gone, ...tabs.closed.filter((it) => it !== gone)].slice(0, mostClosed),
    ...(isSplit ? { split } : {}),
  };
}

/** Without all that are not there any more; those are not offered again either. The same object where nothing changes. */
export function keepTabs(tabs: Tabs, isThere: (id: string) => boolean): Tabs {
  if (tabs.ids.every(isThere) && tabs.closed.every(isThere)) return tabs;
  const left = tabs.ids.filter((it) => !isThere(it)).reduce(withoutTab, tabs);
  return { ...left, closed: left.closed.filter(isThere) };
}

/** At another place of the row: before the one that is there now. Beyond its ends is at its ends. */
export function moveTab(tabs: Tabs, moved: string, to: number): Tabs {
  const from = tabs.ids.indexOf(moved);
  if (from === -1) return tabs;
  const ids = tabs.ids.filter((it) => it !== moved);
  const place = Math.min(ids.length, Math.max(0, to));
  return { ...tabs, ids: [...ids.slice(0, place), moved, ...ids.slice(place)] };
}

/** The neighbour of a tab, around the ends; of none that is open, the first or the last. */
export function tabBeside(tabs: Tabs, of: string | undefined, by: 1 | -1): string | undefined {
  const at = of === undefined ? -1 : tabs.ids.indexOf(of);
  if (at === -1) return by === 1 ? tabs.ids[0] : tabs.ids.at(-1);
  return tabs.ids[(at + by + tabs.ids.length) % tabs.ids.length];
}

/** Which is shown when a tab is closed: the one it was seen with, the one behind it, or the last. */
export function shownAfterClosing(tabs: Tabs, closed: string): string | undefined {
  const partner = partnerOf(tabs, closed);
  if (partner !== undefined) return partner;
  const at = tabs.ids.indexOf(closed);
  const left = tabs.ids.filter((it) => it !== closed);
  return left[at] ?? left.at(-1);
}

/** Two tabs are seen together from now on, the first where it was. Nothing for one with itself, or one that is not open. */
export function splitTabs(tabs: Tabs, first: string, second: string, direction: Split['direction']): Tabs {
  if (first === second || !tabs.ids.includes(first) || !tabs.ids.includes(second)) return tabs;
  return { ...tabs, split: { direction, first, second, share: 0.5 } };
}

export function unsplitTabs({ ids, closed }: Tabs): Tabs {
  return { ids, closed };
}

/** The first part gets this share of the room, as far as both can still be used. */
export function shareOut(tabs: Tabs, share: number): Tabs {
  if (tabs.split === undefined || !Number.isFinite(share)) return tabs;
  const within = Math.min(1 - leastShare, Math.max(leastShare, share));
  return { ...tabs, split: { ...tabs.split, share: within } };
}

/** The one that a tab is seen together with, if any. */
export function partnerOf({ split }: Tabs, of: string | undefined): string | undefined {
  if (split === undefined || of === undefined) return undefined;
  if (of === split.first) return split.second;
  return of === split.second ? split.first : undefined;
}
