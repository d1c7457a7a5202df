import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FrontAddress } from '../front.ts';
import { figuresSchema, startedSchema } from './host-messages.ts';
import type { HostFigures } from './host-messages.ts';

/** A host in a process of its own with a small heap. */
export interface SmallHost extends AsyncDisposable {
  front: FrontAddress;
  figures(): Promise<HostFigures>;
  /** How it ended, if it has. */
  readonly ended: string | undefined;
}

/**
 * The young generation is beside `--max-old-space-size`, in megabytes. V8 lets it grow beyond a heap as small as this one, and then collects
 * the whole heap every few connections for want of room: half of all that such a host did.
 */
const semiSpace = 8;

/** Compiled code that was used in the start alone would be let go half a minute later, and six megabytes of a leak pass for it. */
const steady = ['--no-flush-bytecode'];

/** `megabytes` is all the heap that it has; its tunnels go through the API server of `apiServer` to the port. */
export async function startSmallHost(megabytes: number, upstreamPort: number, apiServer: string): Promise<SmallHost> {
  const program = fileURLToPath(new URL('host-program.ts', import.meta.url));
  const child = fork(program, [String(upstreamPort), apiServer], {
    execArgv: [...steady, `--max-old-space-size=${megabytes}`, `--max-semi-space-size=${semiSpace}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints = (complaints + text).slice(-4_000)));
  let ended: string | undefined;
  const exited = once(child, 'exit').then(() => {
    ended = `the host ended with ${String(child.exitCode ?? child.signalCode)}: ${complaints}`;
  });
  const message = async (): Promise<unknown> => {
    const told = (await Promise.race([once(child, 'message'), exited])) as [unknown] | undefined;
    if (ended !== undefined) throw new Error(ended);
    return told?.[0];
  };
  const { port, ca } = startedSchema.parse(await message());
  return {
    front: { port, ca, authority: (id) => `${id}.localhost:${String(port)}` },
    get ended() {
      return ended;
    },
    async figures() {
      if (ended !== undefined) throw new Error(ended);
      const told = message();
      child.send('figures');
      return figuresSchema.parse(await told);
    },
    async [Symbol.asyncDispose]() {
      if (ended === undefined) child.kill('SIGKILL');
      await exited;
    },
  };
}
