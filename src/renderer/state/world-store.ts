import { batch, createSignal, type Accessor } from 'solid-js';
import { createStore, produce, reconcile } from 'solid-js/store';
import { announcementOf } from './announcement.ts';
import { changedKeys } from './changed-keys.ts';
import { emptyWorld, reduceWorld, type World, type WorldChange } from './world.ts';

export interface WorldStore {
  /** Fine-grained: a component that reads one workspace's phase runs again only when that phase changes. */
  readonly world: World;
  apply(change: WorldChange): void;
  /** What changed last, in a sentence for a screen reader. */
  readonly announcement: Accessor<string>;
}

/** The parts of the world that are one entry for each workspace or home. */
const records = ['servers', 'since', 'homes', 'expected'] as const;

/**
 * The one store of the page: the pure reducer's result, merged into what is shown. Only what has another identity than before is looked
 * into, so that a change of one workspace costs the same among five as among five thousand.
 */
export function createWorldStore(): WorldStore {
  let current = emptyWorld;
  const [world, setWorld] = createStore<World>(structuredClone(emptyWorld));
  const [announcement, setAnnouncement] = createSignal('', { equals: false });

  function mergeRecord(key: (typeof records)[number], before: World, after: World): void {
    const { set, gone } = changedKeys<unknown>(before[key], after[key]);
    const parts: Record<string, unknown> = after[key];
    setWorld(
      produce((shown: World) => {
        const part: Record<string, unknown> = shown[key];
        for (const id of gone) delete part[id];
      }),
    );
    // The path is a workspace's own, and what lies there is of the same schema before and after.
    const merge: (key: string, id: string, value: (old: unknown) => unknown) => void = setWorld;
    // The store owns and alters what it is given, the reducer's worlds stay as they are: so it gets a copy.
    for (const id of set) merge(key, id, reconcile(structuredClone(parts[id])));
  }

  const apply = (change: WorldChange): void => {
    const before = current;
    current = reduceWorld(current, change);
    batch(() => {
      for (const key of records) if (before[key] !== current[key]) mergeRecord(key, before, current);
      const { servers: _1, since: _2, homes: _3, expected: _4, ...others } = current;
      const { link, known, presetChanges, contextChanges, cluster, clusterSince } = structuredClone(others);
      setWorld('link', reconcile(link));
      setWorld('cluster', reconcile(cluster));
      setWorld({ known, presetChanges, contextChanges, clusterSince });
    });
    const said = announcementOf(before, current);
    if (said !== undefined) setAnnouncement(said);
  };

  return { world, apply, announcement };
}
