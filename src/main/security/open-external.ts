import { shell } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { parseUrl } from './role.ts';

const allowedSchemes = new Set(['http:', 'https:']);

/**
 * Opens a web address in the person's browser. The scheme is checked here once more, because anything else that
 * `shell.openExternal` is given starts a program (Electron security checklist).
 */
export function openExternal(target: string, log: Log): void {
  const url = parseUrl(target);
  if (url === undefined || !allowedSchemes.has(url.protocol)) {
    log.warn({ scheme: url?.protocol }, 'not opened outside: its scheme is not http or https');
    return;
  }
  shell.openExternal(url.href).catch((error: unknown) => {
    log.warn({ err: error, origin: url.origin }, 'the system did not open an address in the browser');
  });
}
