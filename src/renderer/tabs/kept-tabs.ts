import { noTabs, tabsSchema, type Tabs } from './tabs.ts';

const key = 'guildnet.tabs';

/** What was open in this window or browser last; nothing where what is kept makes no sense. */
export function readTabs(storage: Pick<Storage, 'getItem'>): Tabs {
  const kept = storage.getItem(key);
  if (kept === null) return noTabs;
  try {
    return tabsSchema.safeParse(JSON.parse(kept)).data ?? noTabs;
  } catch {
    // Somebody else's, or half written: begun afresh, as it is only a comfort.
    return noTabs;
  }
}

export function writeTabs(storage: Pick<Storage, 'setItem'>, tabs: Tabs): void {
  try {
    storage.setItem(key, JSON.stringify(tabs));
  } catch (error) {
    console.warn('The open tabs could not be remembered.', error);
  }
}
