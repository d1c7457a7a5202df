import { createEffect, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import type { Server } from '#contract/server.ts';
import type { Actions } from '../state/actions.ts';
import { askAll } from '../state/ask-all.ts';
import type { World } from '../state/world.ts';
import { deletionOf, offeredForMs, standing, stateOf, withOffer, type Deletion, type UndoOffer } from './deletions.ts';

/** So many are asked for at once; a browser has six connections to a host, and the page needs some of them. */
const atOnce = 3;

/** Deleting with a way back. */
export interface Undo {
  readonly offers: Accessor<readonly UndoOffer[]>;
  /** Deletes workspaces, whose homes are kept, by one act that can be taken back; which deletions were accepted, in their order. */
  remove(servers: readonly Server[]): Promise<boolean[]>;
  /** Brings back what an offer is about: what is gone at once, what is still on its way out as soon as it is. */
  takeBack(key: number): void;
  /** The person is at the offer, or has left it: it lasts meanwhile, and for its time from then on. */
  hold(key: number, isHeld: boolean): void;
  dismiss(key: number): void;
}

/** `mayRestore`: whether whoever looks at the page may bring this workspace back. */
export function createUndo(world: World, actions: Actions, mayRestore: (of: Server) => boolean): Undo {
  const [offers, setOffers] = createSignal<readonly UndoOffer[]>([]);
  const [now, setNow] = createSignal(Date.now());
  let lastKey = 0;

  createEffect(() => {
    if (offers().length === 0) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    onCleanup(() => clearInterval(timer));
  });
  createEffect(() => setOffers(standing(offers(), world, now())));
  createEffect(() => {
    const wanted = offers().flatMap(({ isWanted, deletions }) => (isWanted ? deletions : []));
    const { busy, problems } = actions.state.homes;
    const ready = wanted.filter(
      (deletion) =>
        busy[deletion.id] === undefined &&
        problems[deletion.id] === undefined &&
        stateOf(deletion, world, now()) === 'gone',
    );
    const free = atOnce - wanted.filter(({ id }) => busy[id] !== undefined).length;
    for (const { id } of ready.slice(0, Math.max(0, free))) untrack(() => void restore(id));
  });

  const change = (key: number, part: Partial<UndoOffer>): void => {
    setOffers((all) => all.map((offer) => (offer.key === key ? { ...offer, ...part } : offer)));
  };

  const restore = async (id: string): Promise<void> => {
    if (!(await actions.askHome('restore', id))) return;
    setOffers((all) =>
      all.flatMap((offer) => {
        const deletions = offer.deletions.filter((one) => one.id !== id);
        return deletions.length === 0 ? [] : [{ ...offer, deletions }];
      }),
    );
  };

  return {
    offers,
    async remove(servers) {
      // As they are now: the store's own change under them.
      const asked = servers.map((server) => ({ server: { ...server }, mayRestore: mayRestore(server) }));
      const deletions: Deletion[] = [];
      const accepted = await askAll(asked, async ({ server, mayRestore }) => {
        const answer = await actions.delete(server.id);
        const deletion = answer === undefined || !mayRestore ? undefined : deletionOf(server, answer);
        if (deletion !== undefined) deletions.push(deletion);
        return answer !== undefined;
      });
      lastKey += 1;
      for (const { id } of deletions) actions.dismissHome(id);
      setOffers((all) => withOffer(all, deletions, { key: lastKey, now: Date.now() }));
      return accepted;
    },
    takeBack(key) {
      const offer = offers().find((one) => one.key === key);
      for (const { id } of offer?.deletions ?? []) actions.dismissHome(id);
      change(key, { isWanted: true });
    },
    hold: (key, isHeld) => change(key, { isHeld, until: Date.now() + offeredForMs }),
    dismiss: (key) => setOffers((all) => all.filter((offer) => offer.key !== key)),
  };
}
