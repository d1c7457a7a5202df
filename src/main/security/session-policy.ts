import type { Session } from 'electron';
import { createAllowance } from '#host/access/allowance.ts';
import { certificateVerdict } from './certificate.ts';
import { isOwnRequest, withPass } from './pass.ts';
import { mayUse } from './permission.ts';
import type { Role } from './role.ts';
import { assignRole } from './roles.ts';

/** Each download asks where to put it: so many at once, then one every two seconds. */
const downloadBurst = 5;
const downloadRefillMs = 2_000;

/**
 * Closes a session down to what its role may do. Before its first page or request: Chromium remembers what it found.
 * `trusts` is the host's own word on its certificates; `pass` is what a workspace's pages show it as the person's window.
 */
export function enforceSessionPolicy(
  session: Session,
  role: Role,
  trusts: (hostname: string, fingerprint: string) => boolean,
  pass?: () => string,
): void {
  assignRole(session, role);
  // Without these two handlers Electron grants every permission.
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(mayUse(role, permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    mayUse(role, permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  // The dictionaries would be fetched from the browser maker's servers.
  session.setSpellCheckerEnabled(false);
  if (role.kind !== 'workspace') return;
  const downloads = createAllowance(downloadBurst, downloadRefillMs, () => performance.now());
  // A workspace that is opened again comes by here again, with the same session.
  session.removeAllListeners('will-download');
  session.on('will-download', (event) => {
    if (!downloads.take()) event.preventDefault();
  });
  // Added on the way out, after the page had its say: no script of a page sees it, and it goes to the workspace alone.
  session.webRequest.onBeforeSendHeaders(
    { urls: ['https://*/*', 'wss://*/*'] },
    ({ url, requestHeaders }, callback) => {
      callback({ requestHeaders: withPass(requestHeaders, isOwnRequest(role, url) ? pass?.() : undefined) });
    },
  );
  session.setCertificateVerifyProc(({ hostname, certificate }, callback) => {
    callback(certificateVerdict({ hostname, fingerprint: certificate.fingerprint }, role.url, trusts));
  });
}
