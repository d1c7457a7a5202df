import { isOwn, parseUrl, type Role } from './role.ts';

export type NavigationVerdict = 'allow' | 'external' | 'deny';

const webSchemes = new Set(['http:', 'https:']);
/** What a workspace may show in frames of its own page: VS Code's web views and previews use all of these. */
const frameSchemes = new Set([...webSchemes, 'about:', 'blob:', 'data:']);

/**
 * Whether a page may go to `url` (Electron security checklist, "Disable or limit navigation"). A top frame stays on its
 * own site, and the web elsewhere belongs in the person's browser; frames of a workspace show what they like of the web;
 * the UI has no frames. No other scheme is ever followed: it would start a program of the system.
 */
export function decideNavigation(role: Role, to: { url: string; isMainFrame: boolean }): NavigationVerdict {
  const url = parseUrl(to.url);
  if (url === undefined || role.kind === 'closed') return 'deny';
  if (!to.isMainFrame) return role.kind === 'workspace' && frameSchemes.has(url.protocol) ? 'allow' : 'deny';
  if (isOwn(role, url)) return 'allow';
  return webSchemes.has(url.protocol) ? 'external' : 'deny';
}

export type WindowVerdict = 'window' | 'external' | 'deny';

/**
 * What becomes of `window.open` and of links that ask for a new window. A workspace may open windows of its own site;
 * an empty one is allowed because VS Code opens every external link by way of it. All else of the web goes to the browser.
 */
export function decideWindowOpen(role: Role, target: string): WindowVerdict {
  const url = parseUrl(target === '' ? 'about:blank' : target);
  if (url === undefined || role.kind === 'closed') return 'deny';
  if (role.kind === 'workspace' && (isOwn(role, url) || url.href === 'about:blank')) return 'window';
  return webSchemes.has(url.protocol) && !isOwn(role, url) ? 'external' : 'deny';
}
