import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type StopSignal = (typeof signals)[number];

/**
 * Resolves on the first signal that asks the process to stop. A second one ends it at once, with the exit code a shell
 * gives to that signal (128 + number): for a person whose clean-up hangs.
 */
export function stopSignal(force: (code: number) => void): { requested: Promise<StopSignal>; dispose: () => void } {
  const { promise: requested, resolve } = Promise.withResolvers<StopSignal>();
  let asked = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    const known = signals.find((candidate) => candidate === signal);
    if (known === undefined) return;
    if (asked) force(128 + constants.signals[known]);
    asked = true;
    resolve(known);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    requested,
    dispose: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
