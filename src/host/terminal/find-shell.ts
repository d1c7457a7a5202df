import type { OpenExec } from './open-exec.ts';
import { runQuietly } from './run-quietly.ts';
import { shells } from './shell-command.ts';

export interface ContainerPlace {
  namespace: string;
  pod: string;
  container: string;
}

/** Finds out which shell a container has, once for each. */
export interface ShellFinder {
  /** Its path; undefined when the image has none. `uid`: the pod's. Rejects with a TunnelError when it cannot be found out. */
  of(place: ContainerPlace, uid: string): Promise<string | undefined>;
}

/** Containers that are remembered. */
const mostKnown = 1_000;

/** A program's input is lost on a shell that is not there, so shells are not tried with the program itself. */
export function createShellFinder(openExec: OpenExec): ShellFinder {
  const known = new Map<string, Promise<string | undefined>>();
  const find = async (place: ContainerPlace): Promise<string | undefined> => {
    for (const shell of shells) {
      const outcome = await runQuietly(openExec, { ...place, command: [shell, '-c', ':'] });
      if (outcome.kind === 'exited' && outcome.code === 0) return shell;
    }
    return undefined;
  };
  return {
    of(place, uid) {
      const key = `${uid} ${place.container}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const finding = find(place);
      known.set(key, finding);
      if (known.size > mostKnown)
        for (const oldest of known.keys()) {
          known.delete(oldest);
          break;
        }
      // What could not be found out is asked again.
      finding.catch(() => known.delete(key));
      return finding;
    },
  };
}
