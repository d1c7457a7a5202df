import { createSignal, type Accessor } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import { announcementOf } from './announcement.ts';
import { emptyWorld, reduceWorld, type World, type WorldChange } from './world.ts';

export interface WorldStore {
  /** Fine-grained: a component that reads one workspace's phase runs again only when that phase changes. */
  readonly world: World;
  apply(change: WorldChange): void;
  /** What changed last, in a sentence for a screen reader. */
  readonly announcement: Accessor<string>;
}

/** The one store of the page: the pure reducer's result, merged into what is shown. */
export function createWorldStore(): WorldStore {
  let current = emptyWorld;
  const [world, setWorld] = createStore<World>(structuredClone(emptyWorld));
  const [announcement, setAnnouncement] = createSignal('', { equals: false });

  const apply = (change: WorldChange): void => {
    const before = current;
    current = reduceWorld(current, change);
    // The store owns and alters what it is given, the reducer's worlds stay as they are: so it gets a copy.
    setWorld(reconcile(structuredClone(unwrap(current))));
    const said = announcementOf(before, current);
    if (said !== undefined) setAnnouncement(said);
  };

  return { world, apply, announcement };
}
