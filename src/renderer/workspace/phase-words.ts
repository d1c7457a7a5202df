import type { Server } from '#contract/server.ts';
import type { Phase } from '#contract/workspace.ts';
import { t } from '../words/language.ts';

export interface PhaseWords {
  title: string;
  text: string;
  /** True while something goes on that the person waits for. */
  isMoving: boolean;
}

/** What a workspace's phase means to the person who looks at its page. */
export function phaseWords(server: Pick<Server, 'phase' | 'node' | 'ide_url'>): PhaseWords {
  const it = t().phase;
  switch (server.phase) {
    case 'Starting':
      return { title: it.Starting.title, text: it.Starting.text(server.node), isMoving: true };
    case 'Running':
      return {
        title: it.Running.title,
        text: server.ide_url === undefined ? it.Running.noPage : it.Running.opening,
        isMoving: false,
      };
    case 'Pending':
    case 'Terminating':
      return { ...it[server.phase], isMoving: true };
    case 'Stopped':
    case 'Failed':
      return { ...it[server.phase], isMoving: false };
  }
}

export interface Step {
  label: string;
  state: 'done' | 'now' | 'ahead';
}

/** The way to Running as steps, while a workspace is on it. */
export function stepsOf(phase: Phase): Step[] | undefined {
  const at = phase === 'Pending' ? 1 : phase === 'Starting' ? 2 : undefined;
  if (at === undefined) return undefined;
  return t().workspace.steps.map((label, index) => ({
    label,
    state: index < at ? 'done' : index === at ? 'now' : 'ahead',
  }));
}
