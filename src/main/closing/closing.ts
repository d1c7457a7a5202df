import type { World } from '../world.ts';

export interface AboutToClose {
  /** Whether the system shows the tray's icon, by which the window comes back. */
  hasTray: boolean;
  /** The person has said that they know. */
  isKnown: boolean;
  world: World;
  isDownloading: boolean;
}

export type Closing =
  | { what: 'hide' }
  | { what: 'quit' }
  /** The person is asked, with what ending the app means. */
  | { what: 'ask'; message: string; detail: string };

/**
 * What closing the window does. With a tray it hides and everything goes on. Without one there would be no way back, so
 * it ends the app, and before that ends anything the person is told: workspaces go on in a cluster of their own, and stop with one
 * on this machine.
 */
export function decideClosing({ hasTray, isKnown, world, isDownloading }: AboutToClose): Closing {
  if (hasTray) return { what: 'hide' };
  const running = [...world.servers.values()].filter(({ phase }) => phase === 'Running' || phase === 'Starting');
  const isLocal = world.cluster?.source === 'local' && world.cluster.phase !== 'none';
  const ends = [
    ...(isLocal && running.length > 0 ? [`${count(running.length)} stop with the local cluster; homes are kept.`] : []),
    ...(isDownloading ? ['A download that is under way is given up.'] : []),
  ];
  const isHarmless = ends.length === 0 && (isKnown || running.length === 0);
  if (isHarmless) return { what: 'quit' };
  const goesOn = isLocal || running.length === 0 ? [] : [`${count(running.length)} keep running in the cluster.`];
  return {
    what: 'ask',
    message: 'Closing the window ends GuildNet',
    detail: [
      'This desktop shows no tray icons, so there is nothing that the window could come back from.',
      ...ends,
      ...goesOn,
      'Open IDEs, terminals and forwarded ports are disconnected, and idle workspaces are not stopped while no GuildNet runs.',
    ].join(' '),
  };
}

function count(workspaces: number): string {
  return workspaces === 1 ? 'One workspace will' : `${String(workspaces)} workspaces will`;
}
