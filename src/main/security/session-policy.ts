import type { DownloadItem, Session, WebContents } from 'electron';
import { createAllowance } from '#host/access/allowance.ts';
import { certificateVerdict } from './certificate.ts';
import { isOwnRequest, withPass } from './pass.ts';
import { isAsked, mayUse, type AskedPermission } from './permission.ts';
import type { Role } from './role.ts';
import { assignRole } from './roles.ts';

/** A page that gives file after file fills the disk: so many at once, then one every two seconds. */
const downloadBurst = 5;
const downloadRefillMs = 2_000;

export interface AskedRight {
  isGranted: () => boolean;
  ask: (contents: WebContents | null) => Promise<boolean>;
}

/** What a workspace's session has beside its limits. */
export interface WorkspaceService {
  /** What the workspace's pages show it as the person's window. */
  pass: () => string;
  /** What a person decides, by the name of Chromium's permission: known, or asked. */
  rights: Readonly<Record<AskedPermission, AskedRight>>;
  /** Takes a download over, inside `will-download`. */
  onDownload: (item: DownloadItem) => void;
}

/**
 * Closes a session down to what its role may do. Before its first page or request: Chromium remembers what it found.
 * `trusts` is the host's own word on its certificates. Without a service nothing is downloaded.
 */
export function enforceSessionPolicy(
  session: Session,
  role: Role,
  trusts: (hostname: string, fingerprint: string) => boolean,
  service?: WorkspaceService,
): void {
  assignRole(session, role);
  // Without these two handlers Electron grants every permission.
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const isOffered = mayUse(role, permission, details.requestingUrl);
    if (!isOffered || !isAsked(permission)) return callback(isOffered);
    // It is answered whatever becomes of the question, and does not fail.
    const reply = async (): Promise<void> => callback((await service?.rights[permission].ask(contents)) === true);
    void reply();
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      mayUse(role, permission, requestingOrigin) &&
      (!isAsked(permission) || service?.rights[permission].isGranted() === true),
  );
  session.setDevicePermissionHandler(() => false);
  // The dictionaries would be fetched from the browser maker's servers.
  session.setSpellCheckerEnabled(false);
  if (role.kind !== 'workspace') return;
  const downloads = createAllowance(downloadBurst, downloadRefillMs, () => performance.now());
  // A workspace that is opened again comes by here again, with the same session.
  session.removeAllListeners('will-download');
  session.on('will-download', (event, item) => {
    if (service === undefined || !downloads.take()) event.preventDefault();
    else service.onDownload(item);
  });
  // Added on the way out, after the page had its say: no script of a page sees it, and it goes to the workspace alone.
  session.webRequest.onBeforeSendHeaders(
    { urls: ['https://*/*', 'wss://*/*'] },
    ({ url, requestHeaders }, callback) => {
      callback({ requestHeaders: withPass(requestHeaders, isOwnRequest(role, url) ? service?.pass() : undefined) });
    },
  );
  session.setCertificateVerifyProc(({ hostname, certificate }, callback) => {
    callback(certificateVerdict({ hostname, fingerprint: certificate.fingerprint }, role.url, trusts));
  });
}
