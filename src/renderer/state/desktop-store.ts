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
  /** How the view of a workspace is, as far as the desktop has told. */
  view(id: string): ViewState | undefined;
  /** Whether the view of a workspace has a window of its own. */
  hasWindow(id: string): boolean;
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

export type ViewState = Extract<DesktopEvent, { type: 'ide' }>['state'];

export interface OutsideProblem {
  title: string;
  message: string;
  remedy?: string | undefined;
}

export function createDesktopStore(): DesktopStore {
  const [downloads, setDownloads] = createSignal<readonly Download[]>([]);
  const [updates, setUpdates] = createSignal<UpdateState>();
  const [places, setPlaces] = createStore<Record<string, string | undefined>>({});
  const [views, setViews] = createStore<Record<string, ViewState | undefined>>({});
  const [windows, setWindows] = createSignal<readonly string[]>([]);
  const [problem, setProblem] = createSignal<OutsideProblem>();
  const [found, setFound] = createSignal<{ id: string; active: number; total: number }>();
  const [isFinding, setFinding] = createSignal(false);
  const [isPaletteOpen, setPaletteOpen] = createSignal(false);

  return {
    downloads,
    updates,
    away: (id) => places[id],
    view: (id) => views[id],
    hasWindow: (id) => windows().includes(id),
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
          setViews(event.id, event.state);
          return;
        case 'windows':
          setWindows(event.ids);
          return;
        case 'command':
          if (event.command === 'find') setFinding(true);
          if (event.command === 'palette') setPaletteOpen(true);
          return;
        case 'focused':
        case 'navigate':
          return;
      }
    },
  };
}
