import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { uiPolicy } from '#host/api/ui-policy.ts';
import { uiFile } from './ui-file.ts';

const scheme = 'app';
const uiHost = 'guildnet';
export const uiOrigin = `${scheme}://${uiHost}`;

/**
 * Declares the scheme of the UI: a real, secure origin, unlike `file:`. Before the app is ready
 * (https://www.electronjs.org/docs/latest/api/protocol#protocolregisterschemesasprivilegedcustomschemes).
 */
export function registerUiScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** A page of the app's own beside the UI. */
export interface OwnFile {
  type: string;
  text: string;
}

/** Serves the built UI in `uiDir` to the pages of a session, under `uiOrigin`, and before it `own` files, by their path. */
export function serveUi(session: Session, uiDir: string, own: () => ReadonlyMap<string, OwnFile>, log: Log): void {
  session.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const ours = url.host === uiHost && request.method === 'GET' ? own().get(url.pathname) : undefined;
    if (ours !== undefined) return reply(200, ours.type, ours.text);
    const file = url.host === uiHost ? uiFile(uiDir, url.pathname) : undefined;
    if (request.method !== 'GET' || file === undefined) return reply(404, 'text/plain', 'There is nothing here.');
    try {
      return reply(200, file.type, new Uint8Array(await readFile(file.path)));
    } catch (error) {
      log.error({ err: error, file: file.path }, 'a file of the UI could not be read');
      return reply(404, 'text/plain', 'There is nothing here.');
    }
  });
}

function reply(status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': uiPolicy(),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
}
