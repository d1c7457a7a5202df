import type { Phase } from '#contract/workspace.ts';

/** What can be asked of a workspace in this phase. A failed one is still wanted by its owner: it can be stopped, not started. */
export function runVerbOf(phase: Phase): 'start' | 'stop' | undefined {
  switch (phase) {
    case 'Stopped':
      return 'start';
    case 'Pending':
    case 'Starting':
    case 'Running':
    case 'Failed':
      return 'stop';
    case 'Terminating':
      return undefined;
  }
}

/** Whether a restart would change anything: what is stopped is started instead, what is on its way is new already. */
export function mayRestart(phase: Phase): boolean {
  return phase === 'Running' || phase === 'Starting' || phase === 'Failed';
}
