import { CommanderError } from 'commander';

/** What a shell says of a program that SIGINT has ended: 128 and the signal's number. */
const interruptedExitCode = 130;

/** What a command ends with that was interrupted. */
export function interrupted(): CommanderError {
  return new CommanderError(interruptedExitCode, 'guildnet.interrupted', 'interrupted');
}

/** Does what has no end of its own until SIGINT. Throws a CommanderError with 130 then, as shells expect it. */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    await work(interrupt.signal);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
  if (interrupt.signal.aborted) throw interrupted();
}
