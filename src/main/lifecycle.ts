import { setTimeout as delay } from 'node:timers/promises';
import { app, dialog } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { shownFailure } from './problem/shown-failure.ts';
import { t } from './words/words.ts';

export interface Lifecycle {
  /** Ends the app once everything in it has stopped. Only the first call counts. */
  quit(code: number): void;
  isQuitting(): boolean;
  /** Something went wrong that nothing was ready for: it is logged and shown, and the app ends. */
  fail(error: unknown): void;
}

export interface LifecycleOptions {
  log: Log;
  /** Stops everything that was started. */
  stop: () => Promise<void>;
  /** Milliseconds that `stop` may take before the app ends without it. */
  stopLimitMs: () => number;
}

/**
 * The one way out: quitting from the menu, by a signal, by the end of the session or by a failure all stop everything
 * once, within a limit, and then end the process.
 */
export function createLifecycle({ log, stop, stopLimitMs }: LifecycleOptions): Lifecycle {
  let quitting = false;
  let failing = false;

  async function stopWithin(limit: number): Promise<void> {
    const timer = new AbortController();
    const late = delay(limit, 'late', { signal: timer.signal }).catch(() => 'stopped');
    const outcome = await Promise.race([stop().then(() => 'stopped'), late]);
    timer.abort();
    if (outcome === 'late') log.error({ limit }, 'stopping took too long; the app ends without waiting for it');
  }

  function quit(code: number): void {
    if (quitting) return;
    quitting = true;
    log.info({ code }, 'quitting');
    stopWithin(stopLimitMs())
      .catch((error: unknown) => log.error({ err: error }, 'something could not be stopped'))
      .finally(() => app.exit(code));
  }

  async function showFailure(error: unknown): Promise<void> {
    const { message, remedy } = shownFailure(error);
    process.stderr.write(`${message}\n`);
    if (!app.isReady()) return;
    const detail = remedy === undefined ? message : `${message}\n\n${remedy}`;
    const buttons = [t().problem.quit, t().problem.restart];
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: t().problem.hasToStop,
      detail,
      buttons,
    });
    if (response === 1) app.relaunch();
  }

  function fail(error: unknown): void {
    log.fatal({ err: error }, 'unexpected failure');
    if (failing || quitting) return;
    failing = true;
    showFailure(error)
      .catch((cause: unknown) => log.error({ err: cause }, 'the failure could not be shown'))
      .finally(() => quit(1));
  }

  app.on('before-quit', (event) => {
    event.preventDefault();
    quit(0);
  });
  // The app lives in the tray without a window; whoever closes the last one says what that means.
  app.on('window-all-closed', () => log.debug('the last window is closed'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => quit(0));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  outliveTerminal(log);
  return { quit, isQuitting: () => quitting, fail };
}

/** The terminal that started the app may be closed: a line that nobody can read any more is no failure. */
function outliveTerminal(log: Log): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') log.warn({ err: error }, 'output to the terminal failed');
    });
  }
}
