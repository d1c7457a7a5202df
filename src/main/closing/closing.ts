import type { World } from '../world.ts';
import { t } from '../words/words.ts';

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
  const words = t().closing;
  const running = [...world.servers.values()].filter(({ phase }) => phase === 'Running' || phase === 'Starting');
  const isLocal = world.cluster?.source === 'local' && world.cluster.phase !== 'none';
  const ends = [
    ...(isLocal && running.length > 0
      ? [running.length === 1 ? words.stopOne : words.stop(String(running.length))]
      : []),
    ...(isDownloading ? [words.download] : []),
  ];
  const isHarmless = ends.length === 0 && (isKnown || running.length === 0);
  if (isHarmless) return { what: 'quit' };
  const goesOn =
    isLocal || running.length === 0
      ? []
      : [running.length === 1 ? words.goesOnOne : words.goesOn(String(running.length))];
  return {
    what: 'ask',
    message: words.message,
    detail: [words.why, ...ends, ...goesOn, words.disconnected].join(' '),
  };
}
