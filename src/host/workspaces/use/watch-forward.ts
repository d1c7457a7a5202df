import type { ExchangeWatch } from '../../proxy/traffic.ts';
import { gather } from './gather.ts';
import type { Watcher } from './watch-traffic.ts';

/**
 * Takes note of one connection to a forwarded port. Who connects is a program, and what it says cannot be read: bytes from it are use,
 * unless they come like clockwork, as the look does that a pool of connections takes now and then whether the other side is there.
 * That a connection was opened is none: whoever looks for open ports opens one.
 */
export function watchForward({ evidence, clock, used }: Watcher, port: number): ExchangeWatch {
  const path = `forward ${String(port)}`;
  const place = { path, target: path };
  const message = {
    what: 'message',
    asker: 'program',
    heartbeat: false,
    reply: false,
    greeting: false,
    chatty: false,
  } as const;
  const output = gather(clock, (now, bytes) => {
    if (evidence.see({ what: 'output', asker: 'program', chatty: false }, place, now, bytes)) used();
  });
  return {
    // Each by itself: gathered, they would come like clockwork.
    fromClient(chunk) {
      if (evidence.see(message, place, clock.now(), chunk.length)) used();
    },
    fromWorkspace: (chunk) => output(chunk.length),
    end: () => undefined,
  };
}
