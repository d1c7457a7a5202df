import type { ExecSignal } from '#contract/terminal.ts';
import type { RemoteProgram } from './run-program.ts';

const passed = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
const wordOf: Readonly<Record<(typeof passed)[number], ExecSignal>> = {
  SIGINT: 'INT',
  SIGTERM: 'TERM',
  SIGHUP: 'HUP',
  SIGQUIT: 'QUIT',
};

/**
 * Passes the signals that this process gets on to a program elsewhere. One that comes again is for us: whoever presses Ctrl-C twice wants
 * to be rid of it. Returns what ends that.
 */
export function passSignals(remote: Pick<RemoteProgram, 'signal' | 'leave'>): () => void {
  const seen = new Set<string>();
  const listeners = passed.map((signal) => {
    const listener = (): void => {
      if (seen.has(signal)) return remote.leave();
      seen.add(signal);
      remote.signal(wordOf[signal]);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
}
