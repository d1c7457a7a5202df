import type { Home } from '#contract/home.ts';
import type { World } from '../kube/world.ts';
import { homeOf } from '../operator/home/home-claim.ts';
import { homeClaimName } from '../operator/home/home-volume.ts';
import { toHome } from './home-view.ts';
import { createLiveList } from './live-list.ts';

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
  const live = createLiveList<Home, HomeChange>({
    view(id) {
      const claim = world.claims.get(homeClaimName(id));
      return claim === undefined ? undefined : toHome(claim, world.workspaces.get(id) !== undefined);
    },
    upserted: (home) => ({ type: 'home', home }),
    deleted: (id) => ({ type: 'home-delete', id }),
  });
  const ends = [
    world.claims.onChange(({ object }) => live.look(homeOf(object))),
    world.workspaces.onChange(({ object }) => live.look(object.metadata.name)),
  ];
  for (const claim of world.claims.list()) live.look(homeOf(claim));

  return {
    list: () => live.values().toSorted((a, b) => a.id.localeCompare(b.id)),
    get: live.get,
    onChange: live.onChange,
    stop() {
      for (const end of ends) end();
      live.close();
    },
  };
}
