import type { Log } from '../observability/log.ts';
import type { NodeProcess } from './node-process.ts';

/** The ports of the tailnet address that are open. */
export interface Listeners {
  /** These and no others. Resolves when the node of now has been told. */
  want(ports: ReadonlySet<number>): Promise<void>;
  /** A node that was started, and has none open; undefined when it has ended. */
  use(node: Pick<NodeProcess, 'command'> | undefined): void;
}

/** Tells each node, one word after the other, which ports are wanted: two about one port must not overtake each other. */
export function createListeners(log: Log): Listeners {
  let wanted: ReadonlySet<number> = new Set();
  let node: Pick<NodeProcess, 'command'> | undefined;
  let open = new Set<number>();
  let telling = Promise.resolve();

  async function tell(): Promise<void> {
    const [to, there] = [node, open];
    if (to === undefined) return;
    const steps = [
      ...[...there].filter((port) => !wanted.has(port)).map((port) => ({ do: 'close' as const, port })),
      ...[...wanted].filter((port) => !there.has(port)).map((port) => ({ do: 'listen' as const, port })),
    ];
    for (const step of steps) {
      if (node !== to) return;
      try {
        await to.command(step);
        if (step.do === 'listen') there.add(step.port);
        else there.delete(step.port);
      } catch (error) {
        // What it was not told now it is told with the next change, or with its next start.
        log.warn({ err: error, ...step }, 'A port of the tailnet could not be opened or closed');
      }
    }
  }

  function settle(): Promise<void> {
    telling = telling.then(tell);
    return telling;
  }

  return {
    want(ports) {
      wanted = new Set(ports);
      return settle();
    },
    use(next) {
      node = next;
      open = new Set();
      // Nobody waits for it: `tell` says itself what goes wrong.
      void settle();
    },
  };
}
