import { isOwnHost } from './port-host.ts';

/** Electron's verdicts for `Session.setCertificateVerifyProc`. */
export const accepted = 0;
export const chromiumDecides = -3;

/**
 * The verdict on a server's certificate in the session of one workspace: the host's own certificate for this workspace's
 * name, or that of one of its ports, is pinned; everything else, other workspaces and the control origin included, is left to Chromium,
 * which does not know the host's authority and refuses. Chromium remembers the verdict, so it must be right at once.
 */
export function certificateVerdict(
  presented: { hostname: string; fingerprint: string },
  workspaceUrl: string,
  trusts: (hostname: string, fingerprint: string) => boolean,
): typeof accepted | typeof chromiumDecides {
  const isOwn = isOwnHost(new URL(workspaceUrl).hostname, presented.hostname);
  return isOwn && trusts(presented.hostname, presented.fingerprint) ? accepted : chromiumDecides;
}
