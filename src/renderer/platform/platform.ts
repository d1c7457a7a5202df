import type {
  Bounds,
  DesktopEvent,
  PageRightAnswer,
  StartupChoice,
  StartupState,
  UpdateState,
  ViewBudget,
  ViewMemory,
} from '#contract/desktop.ts';
import type { HostClient } from '#contract/routes.ts';
import type { ShortcutChoice, ShortcutState } from '#contract/shortcuts/shortcuts.ts';
import type { Language } from '#contract/words/choose-language.ts';
import type { ConnectTerminal } from '../terminal/terminal-connection.ts';

/** The views in which the desktop shows IDEs. They are painted above the page, whatever its z-index says. */
export interface IdeViews {
  /** Shows the workspace's view at these CSS pixels of the window, and another one beside it; creates them on first use. */
  show(id: string, bounds: Bounds, beside?: { id: string; bounds: Bounds }): Promise<void>;
  /** Hides every view; they keep running. */
  hide(): Promise<void>;
  reload(id: string): Promise<void>;
  /** Gives the workspace's view a window of its own, or brings that to the front. */
  popOut(id: string): Promise<void>;
  /** Takes it back into this window. */
  popIn(id: string): Promise<void>;
  /** What the views take of the machine's memory, and how much they may. */
  memory(): Promise<ViewMemory>;
  chooseMemory(budget: ViewBudget): Promise<ViewMemory>;
  /** Ends the workspace's view and frees what it held. */
  close(id: string): Promise<void>;
  /** Opens the view's menu at these CSS pixels of the window. */
  menu(id: string, at: { x: number; y: number }): Promise<void>;
  /** Looks for text in the view; what it comes to is an event. `isNew`: not the text of the last time. */
  find(id: string, look: { text: string; forward: boolean; isNew: boolean }): Promise<void>;
  /** `goesBack`: the person is done, and types in the view again. */
  stopFinding(id: string, goesBack: boolean): Promise<void>;
}

/** What can be done about downloads where the app itself takes them. */
export interface DownloadActions {
  cancel(id: string): Promise<void>;
  /** Shows the file in the system's file browser. */
  reveal(id: string): Promise<void>;
  /** Asks the person where files are to go from now on. */
  chooseFolder(): Promise<void>;
}

/** Starting at login, where the page is a window of an app that can. */
export interface StartupActions {
  state(): Promise<StartupState>;
  /** What holds then; rejects where the system refuses it. */
  choose(choice: StartupChoice): Promise<StartupState>;
}

/** Newer versions of the app, where the page is a window of one. Each answers with how it is then. */
export interface UpdateActions {
  state(): Promise<UpdateState>;
  look(): Promise<UpdateState>;
  download(): Promise<UpdateState>;
  /** Whether they are looked for. */
  choose(looks: boolean): Promise<UpdateState>;
}

/** What was answered about the clipboard or notifications, where the app asks. */
export interface PageRightActions {
  answers(): Promise<PageRightAnswer[]>;
  /** The workspace is asked about again; what is left. */
  forget(id: string): Promise<PageRightAnswer[]>;
}

/** The keys of the commands, kept by the app or in this browser. `choose` answers with how it is then, and rejects for a key that cannot be had. */
export interface ShortcutActions {
  state(): Promise<ShortcutState>;
  choose(choice: ShortcutChoice): Promise<ShortcutState>;
}

/** Where the page runs: the same host client everywhere, and what only the desktop can do as optional parts. */
export interface Platform {
  readonly kind: 'desktop' | 'web';
  readonly host: HostClient;
  readonly connectTerminal: ConnectTerminal;
  readonly shortcuts: ShortcutActions;
  readonly ide?: IdeViews;
  readonly clipboard?: PageRightActions;
  readonly notifications?: PageRightActions;
  readonly downloads?: DownloadActions;
  readonly startup?: StartupActions;
  readonly updates?: UpdateActions;
  /** Tells the app's menus and dialogs which language was chosen here; empty for the system's. */
  readonly speak?: (language: '' | Language) => Promise<void>;
  /** What the desktop asks of the page, until `signal` aborts. */
  readonly events?: (signal: AbortSignal) => Promise<AsyncIterable<DesktopEvent>>;
}
