import { createMemo, createSignal, untrack, type Accessor } from 'solid-js';
import { mostOpen } from '#contract/desktop.ts';
import type { World } from '../state/world.ts';
import { readTabs, writeTabs } from './kept-tabs.ts';
import { keepTabs, type Tabs } from './tabs.ts';

export interface TabsStore {
  /** Those of workspaces that there are now. What is open of another cluster is kept for when that one is shown again. */
  readonly now: Accessor<Tabs>;
  /** Changes them by a pure function, and remembers it. */
  change(by: (tabs: Tabs) => Tabs): void;
}

/** The open workspaces of this window or browser, over a restart. */
export function createTabsStore(world: World, storage: Storage): TabsStore {
  const [all, setAll] = createSignal(readTabs(storage));
  const isThere = (id: string): boolean => world.servers[id] !== undefined;
  const now = createMemo(() => keepTabs(all(), isThere));
  return {
    now,
    change(by) {
      const before = untrack(now);
      const { split, ...changed } = by(before);
      if (changed.ids === before.ids && changed.closed === before.closed && split === before.split) return;
      const { ids, closed, split: hidden } = untrack(all);
      const others = (list: readonly string[]): string[] => list.filter((id) => !untrack(() => isThere(id)));
      const kept = split ?? (before.split === undefined ? hidden : undefined);
      const next: Tabs = {
        ids: [...changed.ids, ...others(ids)].slice(0, mostOpen),
        closed: [...changed.closed, ...others(closed)].slice(0, 20),
        ...(kept === undefined ? {} : { split: kept }),
      };
      setAll(next);
      writeTabs(storage, next);
    },
  };
}
