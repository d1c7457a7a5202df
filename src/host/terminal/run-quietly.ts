import { TunnelError } from '../proxy/transport/tunnel-error.ts';
import type { ExecOutcome } from './exec-status.ts';
import type { ExecRequest, OpenExec } from './open-exec.ts';

/** How long such a program may take, in ms. */
const patienceMs = 20_000;

/** Runs a program without input and says how it ended; what it prints is thrown away. Rejects with a TunnelError, also when it takes too long. */
export async function runQuietly(
  openExec: OpenExec,
  request: Omit<ExecRequest, 'tty' | 'input'>,
): Promise<ExecOutcome> {
  const starter = await openExec({ ...request, tty: false, input: false });
  const { promise, resolve, reject } = Promise.withResolvers<ExecOutcome>();
  const timer = setTimeout(() => reject(new TunnelError('lost', 'The program did not end in time.')), patienceMs);
  const program = starter({
    output: () => undefined,
    drained: () => undefined,
    ended: (outcome) => (outcome instanceof TunnelError ? reject(outcome) : resolve(outcome)),
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    program.cut();
  }
}
