import type { Bounds, DesktopEvent } from '#contract/desktop.ts';
import type { HostClient } from '#contract/routes.ts';
import type { ConnectTerminal } from '../terminal/terminal-connection.ts';

/** The views in which the desktop shows IDEs. They are painted above the page, whatever its z-index says. */
export interface IdeViews {
  /** Shows the workspace's view at these CSS pixels of the window; creates it on first use. */
  show(id: string, bounds: Bounds): Promise<void>;
  /** Hides every view; they keep running. */
  hide(): Promise<void>;
  reload(id: string): Promise<void>;
  /** Ends the workspace's view and frees what it held. */
  close(id: string): Promise<void>;
}

/** Where the page runs: the same host client everywhere, and what only the desktop can do as optional parts. */
export interface Platform {
  readonly kind: 'desktop' | 'web';
  readonly host: HostClient;
  readonly connectTerminal: ConnectTerminal;
  readonly ide?: IdeViews;
  /** What the desktop asks of the page, until `signal` aborts. */
  readonly events?: (signal: AbortSignal) => Promise<AsyncIterable<DesktopEvent>>;
}
