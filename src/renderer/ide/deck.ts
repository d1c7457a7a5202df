import { createEffect, createMemo, createSignal, on, untrack, type Accessor } from 'solid-js';
import { whyNot } from '../permission/offers.ts';
import type { Platform } from '../platform/platform.ts';
import { toShownProblem, type ShownProblem } from '../problem/shown-problem.ts';
import type { World } from '../state/world.ts';
import type { TabsStore } from '../tabs/tabs-store.ts';
import { partnerOf, withTab } from '../tabs/tabs.ts';
import { isIdeShowable } from './showable.ts';

/** A browser's page keeps so many frames alive: it cannot know what they cost, and none of them can be let go and come back where it was. */
const mostFrames = 8;

/**
 * The IDEs that are open in this page. One or two of them are shown; the others stay as they are behind, so that going
 * back to a workspace costs no reload and loses no unsaved text.
 */
export interface IdeDeck {
  /** Ids of the open IDEs, in the order they were opened. */
  readonly opened: Accessor<string[]>;
  /** The one to be shown now, of two the one that is worked in. */
  readonly current: Accessor<string | undefined>;
  /** The one that is seen beside it, in a split view. */
  readonly beside: Accessor<string | undefined>;
  /** The workspace whose page is looked at, whether its IDE can be shown or not. */
  readonly focused: Accessor<string | undefined>;
  /** The workspace whose page is looked at; its IDE is opened as soon as there is one. */
  focus(id: string | undefined): void;
  /** Counts the reloads of an IDE that the page itself holds (in a browser). */
  generation(id: string): number;
  reload(id: string): void;
  /** Ends an IDE and frees what it held; looking at its workspace opens it again. */
  close(id: string): void;
  /** When the program was started that an open IDE's page is of, as far as it is known. */
  openedWith(id: string): string | undefined;
  /** Its page goes on with the program that there is now. */
  takeAsOpened(id: string): void;
  /** While any cover is held, views that are painted above the page stay hidden. Returns what ends the cover. */
  cover(): () => void;
  readonly isCovered: Accessor<boolean>;
  /** Whether the browser keeps storage from a workspace's page in here, as far as is known. */
  isStorageBlocked(id: string): boolean;
  setStorageBlocked(id: string, isBlocked: boolean): void;
  /** Whether nothing at all came from a workspace's address into this page, as where the browser does not trust its certificate. */
  isSilent(id: string): boolean;
  setSilent(id: string, isSilent: boolean): void;
  /** What went wrong with a view, if something did. */
  readonly problem: Accessor<ShownProblem | undefined>;
  setProblem(problem: ShownProblem | undefined): void;
}

export interface DeckSurroundings {
  tabs: TabsStore;
  /** Whether a workspace's IDE has a window of its own, and is not to be shown here. */
  isElsewhere: (id: string) => boolean;
}

export function createIdeDeck(platform: Platform, world: World, { tabs, isElsewhere }: DeckSurroundings): IdeDeck {
  const [focused, setFocused] = createSignal<string>();
  const [opened, setOpened] = createSignal<string[]>([]);
  const [generations, setGenerations] = createSignal<Record<string, number>>({});
  const [openedWith, setOpenedWith] = createSignal<Record<string, string | undefined>>({});
  const [covers, setCovers] = createSignal(0);
  const [storageless, setStorageless] = createSignal<Record<string, boolean>>({});
  const [silent, setSilent] = createSignal<Record<string, boolean>>({});
  const [problem, setProblem] = createSignal<ShownProblem>();

  const isShowable = (id: string): boolean => {
    const server = world.servers[id];
    return (
      isIdeShowable(server?.phase, untrack(opened).includes(id)) &&
      server?.ide_url !== undefined &&
      whyNot('show', undefined, server) === undefined
    );
  };

  const fail = (error: unknown): void => {
    setProblem(toShownProblem(error));
  };

  // An IDE whose workspace has stopped, failed or gone is closed.
  createEffect(() => {
    const kept = opened().filter(isShowable);
    if (kept.length === opened().length) return;
    for (const id of opened().filter((it) => !kept.includes(it))) platform.ide?.close(id).catch(fail);
    setOpened(kept);
  });

  const takeAsOpened = (id: string): void => {
    setOpenedWith((all) => ({ ...all, [id]: untrack(() => world.servers[id]?.started_at) }));
  };
  // It may be told of after the page has been opened.
  createEffect(() => {
    const before = untrack(openedWith);
    const known = opened().map((id) => [id, before[id] ?? world.servers[id]?.started_at] as const);
    setOpenedWith(Object.fromEntries(known));
  });

  const isToShow = (id: string | undefined): id is string => id !== undefined && isShowable(id) && !isElsewhere(id);
  const current = createMemo(() => {
    const id = focused();
    return isToShow(id) ? id : undefined;
  });
  const beside = createMemo(() => {
    const id = partnerOf(tabs.now(), current());
    return isToShow(id) ? id : undefined;
  });

  // What is looked at is a tab from then on, also while it starts.
  createEffect(() => {
    const id = focused();
    const server = id === undefined ? undefined : world.servers[id];
    if (id === undefined || !isIdeShowable(server?.phase, true)) return;
    if (whyNot('show', undefined, server) === undefined) tabs.change((it) => withTab(it, id));
  });

  /** In the order in which they were looked at; of those that are open, whose own order stays: a frame that is moved is loaded anew. */
  let looked: readonly string[] = [];
  const open = (id: string): void => {
    const before = untrack(opened);
    looked = [...looked.filter((it) => it !== id && before.includes(it)), id];
    if (before.includes(id)) return;
    const [oldest] = looked.filter((it) => it !== untrack(focused));
    const isFull = platform.ide === undefined && before.length >= mostFrames;
    setOpened([...before.filter((it) => !isFull || it !== oldest), id]);
  };
  createEffect(
    on(current, (id) => {
      setProblem(undefined);
      if (id !== undefined) open(id);
    }),
  );
  createEffect(
    on(beside, (id) => {
      if (id !== undefined) open(id);
    }),
  );

  return {
    opened,
    current,
    beside,
    focused,
    focus: setFocused,
    generation: (id) => generations()[id] ?? 0,
    openedWith: (id) => openedWith()[id],
    takeAsOpened,
    reload: (id) => {
      setProblem(undefined);
      takeAsOpened(id);
      if (platform.ide === undefined) setGenerations((all) => ({ ...all, [id]: (all[id] ?? 0) + 1 }));
      else platform.ide.reload(id).catch(fail);
    },
    close: (id) => {
      setOpened(untrack(opened).filter((it) => it !== id));
      platform.ide?.close(id).catch(fail);
    },
    cover: () => {
      setCovers((count) => count + 1);
      return () => setCovers((count) => count - 1);
    },
    isCovered: () => covers() > 0,
    isStorageBlocked: (id) => storageless()[id] === true,
    setStorageBlocked: (id, isBlocked) => setStorageless((all) => ({ ...all, [id]: isBlocked })),
    isSilent: (id) => silent()[id] === true,
    setSilent: (id, isSilent) => setSilent((all) => ({ ...all, [id]: isSilent })),
    problem,
    setProblem,
  };
}
