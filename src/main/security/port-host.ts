/**
 * Whether `hostname` is a workspace's own host name, or that of another of its ports: `5173--<id>.localhost` beside
 * `<id>.localhost`. Names of workspaces begin with a letter, so that digits before one are never another workspace's name.
 */
export function isOwnHost(own: string, hostname: string): boolean {
  if (hostname === own) return true;
  const behind = `--${own}`;
  if (!own.endsWith('.localhost') || !hostname.endsWith(behind)) return false;
  return /^\d{1,5}[sp]?$/.test(hostname.slice(0, -behind.length));
}
