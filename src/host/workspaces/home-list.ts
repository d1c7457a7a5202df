import { isDeepStrictEqual } from 'node:util';
import type { Home } from '#contract/home.ts';
import type { World } from '../kube/world.ts';
import { homeOf } from '../operator/home/home-claim.ts';
import { homeClaimName } from '../operator/home/home-volume.ts';
import { toHome } from './home-view.ts';

export type HomeChange = { type: 'home'; home: Home } | { type: 'home-delete'; id: string };

export interface HomeList {
  list(): Home[];
  get(id: string): Home | undefined;
  /** Every change of what a person can see, once it is in the list. Returns the function that ends it. */
  onChange(listener: (change: HomeChange) => void): () => void;
  stop(): void;
}

/** The homes of a cluster as the API shows them, kept up to date from the live view. */
export function createHomeList(world: Pick<World, 'claims' | 'workspaces'>): HomeList {
  const homes = new Map<string, Home>();
  const listeners = new Set<(change: HomeChange) => void>();

  function tell(change: HomeChange): void {
    for (const listener of listeners) listener(change);
  }

  function look(id: string | undefined): void {
    if (id === undefined) return;
    const claim = world.claims.get(homeClaimName(id));
    const home = claim === undefined ? undefined : toHome(claim, world.workspaces.get(id) !== undefined);
    if (home === undefined) {
      if (homes.delete(id)) tell({ type: 'home-delete', id });
      return;
    }
    if (isDeepStrictEqual(homes.get(id), home)) return;
    homes.set(id, home);
    tell({ type: 'home', home });
  }

  const ends = [
    world.claims.onChange(({ object }) => look(homeOf(object))),
    world.workspaces.onChange(({ object }) => look(object.metadata.name)),
  ];
  for (const claim of world.claims.list()) look(homeOf(claim));

  return {
    list: () => [...homes.values()].toSorted((a, b) => a.id.localeCompare(b.id)),
    get: (id) => homes.get(id),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      for (const end of ends) end();
      listeners.clear();
    },
  };
}
