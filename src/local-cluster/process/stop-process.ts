import { waitUntil } from '../wait-until.ts';
import { isRunning, type ProcessRecord } from './process-record.ts';

/**
 * Ends a recorded process: SIGTERM, and SIGKILL when it has not ended after `graceMs`. Resolves when it is gone.
 * Does nothing when the process is not the one that was recorded.
 */
export async function stopProcess(record: ProcessRecord, graceMs: number): Promise<void> {
  if (!(await isRunning(record))) return;
  if (graceMs > 0) {
    signalProcess(record.pid, 'SIGTERM');
    const deadline = performance.now() + graceMs;
    const ended = await waitUntil(
      async () => {
        if (!(await isRunning(record))) return 'ended';
        return performance.now() > deadline ? 'still running' : undefined;
      },
      { what: `process ${record.pid} to end`, timeoutMs: graceMs + 1000, intervalMs: 20 },
    );
    if (ended === 'ended') return;
  }
  signalProcess(record.pid, 'SIGKILL');
  await waitUntil(async () => !(await isRunning(record)), {
    what: `process ${record.pid} to end after SIGKILL`,
    timeoutMs: 10_000,
    intervalMs: 10,
    remedy: 'A process that survives SIGKILL waits inside the kernel; see its state in /proc.',
  });
}

/** Sends a signal; a process that has ended meanwhile is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself in between, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
