import { app } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { createGpuCrashes, isCrash } from './after-gpu-crash.ts';

/**
 * Follows the graphics process. Chromium starts it again by itself and paints in software after a few crashes; `onTooMany` is called when it
 * crashes so often that the next start had better do without from the beginning.
 */
export function watchGpu(log: Log, onTooMany: () => void): void {
  const crashes = createGpuCrashes(() => performance.now());
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (!isCrash(reason)) return;
    log.error({ process: type, name, reason, exitCode }, 'a process of the browser is gone');
    if (type === 'GPU' && crashes.crashed() === 'without') onTooMany();
  });
}
