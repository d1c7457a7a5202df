import type { Server } from '#contract/server.ts';
import type { Phase } from '#contract/workspace.ts';

export interface PhaseWords {
  title: string;
  text: string;
  /** True while something goes on that the person waits for. */
  isMoving: boolean;
}

/** What a workspace's phase means to the person who looks at its page. */
export function phaseWords(server: Pick<Server, 'phase' | 'node' | 'ide_url'>): PhaseWords {
  switch (server.phase) {
    case 'Pending':
      return { title: 'Waiting for a place', text: 'The cluster is finding a node to run it on.', isMoving: true };
    case 'Starting':
      return {
        title: 'Starting',
        text: `${server.node === undefined ? 'The node' : `Node ${server.node}`} fetches the image if it has to, starts the container and waits for its first answer.`,
        isMoving: true,
      };
    case 'Running':
      return server.ide_url === undefined
        ? {
            title: 'Running',
            text: 'It runs, but shows no page: it listens on no port that GuildNet knows of.',
            isMoving: false,
          }
        : { title: 'Running', text: 'Opening the IDE…', isMoving: false };
    case 'Stopped':
      return { title: 'Stopped', text: 'Nothing of it runs.', isMoving: false };
    case 'Failed':
      return {
        title: 'It does not run',
        text: 'The cluster could not start it, or it ended by itself.',
        isMoving: false,
      };
    case 'Terminating':
      return { title: 'Being deleted', text: 'The cluster stops it and removes what belongs to it.', isMoving: true };
  }
}

export interface Step {
  label: string;
  state: 'done' | 'now' | 'ahead';
}

const launchSteps = ['Accepted by the cluster', 'Placed on a node', 'Container started and answering'] as const;

/** The way to Running as steps, while a workspace is on it. */
export function stepsOf(phase: Phase): Step[] | undefined {
  const at = phase === 'Pending' ? 1 : phase === 'Starting' ? 2 : undefined;
  if (at === undefined) return undefined;
  return launchSteps.map((label, index) => ({ label, state: index < at ? 'done' : index === at ? 'now' : 'ahead' }));
}
