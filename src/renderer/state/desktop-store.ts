import { createSignal, type Accessor } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { DesktopEvent, Download, UpdateState } from '#contract/desktop.ts';

/** What the desktop has told the page of itself, and which of its bars are open. In a browser it stays as it begins. */
export interface DesktopStore {
  readonly downloads: Accessor<readonly Download[]>;
  /** Newer versions of the app, as far as is known. */
  readonly updates: Accessor<UpdateState | undefined>;
  /** Where the view of a workspace is, while somebody signs in elsewhere. */
  away(id: string): string | undefined;
  /** What was asked for from outside, such as by a link, and not done. */
  readonly problem: Accessor<OutsideProblem | undefined>;
  dismissProblem(): void;
  /** What the last search in a view has come to. */
  readonly found: Accessor<{ id: string; active: number; total: number } | undefined>;
  readonly isFinding: Accessor<boolean>;
  setFinding(isFinding: boolean): void;
  readonly isPaletteOpen: Accessor<boolean>;
  setPaletteOpen(isOpen: boolean): void;
  /** Takes in what concerns this store; the rest is the page's to obey. */
  take(event: DesktopEvent): void;
}

export interface OutsideProblem {
  title: string;
  message: string;
  remedy?: string | undefined;
}

export function createDesktopStore(): DesktopStore {
  const [downloads, setDownloads] = createSignal<readonly Download[]>([]);
  const [updates, setUpdates] = createSignal<UpdateState>();
  const [places, setPlaces] = createStore<Record<string, string | undefined>>({});
  const [problem, setProblem] = createSignal<OutsideProblem>();
  const [found, setFound] = createSignal<{ id: string; active: number; total: number }>();
  const [isFinding, setFinding] = createSignal(false);
  const [isPaletteOpen, setPaletteOpen] = createSignal(false);

  return {
    downloads,
    updates,
    away: (id) => places[id],
    problem,
    dismissProblem: () => setProblem(undefined),
    found,
    isFinding,
    setFinding: (is) => {
      setFound(undefined);
      setFinding(is);
    },
    isPaletteOpen,
    setPaletteOpen,
    take(event) {
      switch (event.type) {
        case 'downloads':
          setDownloads(event.downloads);
          return;
        case 'updates':
          setUpdates(event.state);
          return;
        case 'found':
          setFound(event);
          return;
        case 'problem':
          setProblem(event);
          return;
        case 'ide':
          setPlaces(event.id, event.away);
          return;
        case 'command':
          if (event.command === 'find') setFinding(true);
          else setPaletteOpen(true);
          return;
        case 'navigate':
          return;
      }
    },
  };
}
