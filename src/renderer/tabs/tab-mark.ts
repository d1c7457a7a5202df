import type { Server } from '#contract/server.ts';
import { lineOf, type LineFacts } from '../ide/line.ts';

/** What a tab says of its workspace beside its name; nothing where all is well. */
export type TabMark = 'starting' | 'stopped' | 'failed' | 'ending' | 'reconnecting' | 'resting' | 'hung' | 'window';

export interface TabFacts extends Omit<LineFacts, 'server'> {
  server: Pick<Server, 'phase' | 'started_at'> | undefined;
  /** How its view is, where the desktop shows it. */
  view: 'loading' | 'ready' | 'failed' | 'hung' | 'resting' | undefined;
  hasWindow: boolean;
  /** Whether its page has been opened since this page was. */
  isOpen: boolean;
}

/** The one thing that a person wants to know of a tab that they do not look at: the most urgent comes first. */
export function tabMark({ server, view, hasWindow, isOpen, ...line }: TabFacts): TabMark | undefined {
  switch (server?.phase) {
    case 'Failed':
      return 'failed';
    case 'Stopped':
      return 'stopped';
    case 'Terminating':
      return 'ending';
    case 'Pending':
    case 'Starting':
      return isOpen ? 'reconnecting' : 'starting';
    case 'Running':
    case undefined:
      break;
  }
  if (lineOf({ ...line, server }) === 'reconnecting') return 'reconnecting';
  if (view === 'failed' || view === 'hung') return view;
  if (hasWindow) return 'window';
  return view === 'resting' || !isOpen ? 'resting' : undefined;
}
