import type { Deleted, Server } from '#contract/server.ts';
import type { World } from '../state/world.ts';

/** How long a deletion can be taken back where it is told of, in ms. After that its home is among the kept ones, as always. */
export const offeredForMs = 30_000;
/** So many offers at once, the newest; each stands in a line of its own below the page. */
const most = 3;

/** One workspace that was deleted and can be brought back. */
export interface Deletion {
  id: string;
  name: string;
  /** When it had been made, which tells it from another one of its name. */
  createdAt: string | undefined;
  /** When its home goes, in ms since the epoch; undefined where that is not known, or never. */
  keptUntil: number | undefined;
}

/** What was deleted by one act of the person, and can be taken back by one. */
export interface UndoOffer {
  key: number;
  deletions: readonly Deletion[];
  /** When it is withdrawn by itself, in ms since the epoch. */
  until: number;
  /** The person is at it with pointer or keyboard: it stays meanwhile. */
  isHeld: boolean;
  /** The person wants it all back: what is still on its way out comes back as soon as it is gone. */
  isWanted: boolean;
}

/** What can be taken back of an accepted deletion; undefined where nothing was kept. */
export function deletionOf(
  server: Pick<Server, 'id' | 'name' | 'created_at'>,
  { home }: Deleted,
): Deletion | undefined {
  if (home === undefined) return undefined;
  const keptUntil = home.retained_until === undefined ? undefined : Date.parse(home.retained_until);
  return { id: server.id, name: server.name, createdAt: server.created_at, keptUntil };
}

/** The offers with one more for `deletions`, if there are any; the oldest give way. */
export function withOffer(
  offers: readonly UndoOffer[],
  deletions: readonly Deletion[],
  { key, now }: { key: number; now: number },
): readonly UndoOffer[] {
  if (deletions.length === 0) return offers;
  return [...offers, { key, deletions, until: now + offeredForMs, isHeld: false, isWanted: false }].slice(-most);
}

/** How a deleted workspace is: on its way out, gone with its home kept, or past bringing back (or back) by another way. */
export function stateOf(
  { id, createdAt, keptUntil }: Deletion,
  { servers, homes }: Pick<World, 'servers' | 'homes'>,
  now: number,
): 'going' | 'gone' | 'over' {
  if (keptUntil !== undefined && keptUntil <= now) return 'over';
  const server = servers[id];
  if (server !== undefined) return server.created_at === createdAt ? 'going' : 'over';
  const state = homes[id]?.state;
  return state === undefined || state === 'deleting' ? 'over' : 'gone';
}

/** The offers that still stand, each with what it can still bring back. The same list where nothing has changed. */
export function standing(
  offers: readonly UndoOffer[],
  world: Pick<World, 'servers' | 'homes'>,
  now: number,
): readonly UndoOffer[] {
  const next = offers.flatMap((offer) => {
    if (offer.until <= now && !offer.isHeld && !offer.isWanted) return [];
    const deletions = offer.deletions.filter((deletion) => stateOf(deletion, world, now) !== 'over');
    if (deletions.length === offer.deletions.length) return [offer];
    return deletions.length === 0 ? [] : [{ ...offer, deletions }];
  });
  return next.length === offers.length && next.every((offer, place) => offer === offers[place]) ? offers : next;
}
