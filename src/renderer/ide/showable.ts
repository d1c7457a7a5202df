import type { Phase } from '#contract/workspace.ts';

/**
 * Whether a workspace's IDE is to be shown: when it runs, and, once it has been open, also while it comes back by itself.
 * An IDE reconnects to a replaced pod with its unsaved files; taking its page away for a moment's unreadiness would lose them.
 */
export function isIdeShowable(phase: Phase | undefined, wasOpen: boolean): boolean {
  switch (phase) {
    case 'Running':
      return true;
    case 'Pending':
    case 'Starting':
      return wasOpen;
    case 'Stopped':
    case 'Failed':
    case 'Terminating':
    case undefined:
      return false;
  }
}
