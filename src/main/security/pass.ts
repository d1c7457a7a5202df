import { passHeader } from '#host/access/pass-header.ts';
import { isOwn, parseUrl, type Role } from './role.ts';

/** Whether a request of a workspace's page, WebSockets included, goes to the workspace itself. */
export function isOwnRequest(role: Role, target: string): boolean {
  const url = parseUrl(target.replace(/^wss:/, 'https:'));
  return url !== undefined && isOwn(role, url);
}

/** A request's headers with the pass, or without any: what a page has made up itself does not go out. */
export function withPass(headers: Readonly<Record<string, string>>, pass: string | undefined): Record<string, string> {
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== passHeader);
  return Object.fromEntries(pass === undefined ? others : [...others, [passHeader, pass]]);
}
