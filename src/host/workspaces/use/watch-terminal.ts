import { gather } from './gather.ts';
import type { Watcher } from './watch-traffic.ts';

/** Is told what goes on in a terminal, or with a program that somebody has started in a workspace. */
export interface TerminalWatch {
  /** Bytes for the program. */
  input(bytes: number): void;
  /** Bytes from it that somebody gets. */
  output(bytes: number): void;
}

const place = { path: '/terminal', target: '/terminal' };

/**
 * To start a program is use by itself. What is typed into it counts as what a page sends on a WebSocket, where the same again and again, by
 * the clock, is a program's; what it prints is work that goes on, as long as somebody gets it.
 */
export function watchTerminal({ evidence, clock, used }: Watcher): TerminalWatch {
  const opened = { what: 'opening', asker: 'program' } as const;
  if (evidence.see(opened, place, clock.now())) used();
  const output = gather(clock, (now, bytes) => {
    if (evidence.see({ what: 'output', asker: 'page', chatty: false }, place, now, bytes)) used();
  });
  return {
    input(bytes) {
      const sign = {
        what: 'message',
        asker: 'page',
        heartbeat: false,
        reply: false,
        greeting: false,
        chatty: false,
      } as const;
      if (evidence.see(sign, place, clock.now(), bytes)) used();
    },
    output,
  };
}
