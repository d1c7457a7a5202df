import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { windowStateSchema, type WindowState } from './window-state.ts';
import type { Log } from '#host/observability/log.ts';

/** The window's state as it was last written; undefined when there is none or it makes no sense. */
export function readWindowState(path: string, log: Log): WindowState | undefined {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const isFirstStart = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isFirstStart) log.warn({ err: error, path }, 'the window state could not be read; the window starts afresh');
    return undefined;
  }
}

/** Writes the window's state whole or not at all. A failure costs no more than the window's place, so it is only logged. */
export function writeWindowState(path: string, state: WindowState, log: Log): void {
  const half = `${path}.new`;
  try {
    writeFileSync(half, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    renameSync(half, path);
  } catch (error) {
    log.warn({ err: error, path }, 'the window state could not be written');
  }
}
