import type { Field } from './field.ts';
import type { RewriteView } from './view.ts';

type IsolationView = Pick<RewriteView, 'prefix' | 'inPlace' | 'document' | 'fromElsewhere'>;

/**
 * Headers that act on more than the answer: they would clear, pin or move other ports and origins of this machine, have
 * the browser report on them, or speak to a proxy.
 */
const stripped = new Set([
  'alt-svc',
  'clear-site-data',
  'expect-ct',
  'nel',
  'proxy-authenticate',
  'proxy-authentication-info',
  'public-key-pins',
  'public-key-pins-report-only',
  'report-to',
  'set-cookie2',
  'strict-transport-security',
]);

/** On the control origin these would be the control origin's: a password asked for, an origin let in. */
function isControlOrigins(name: string, { prefix, inPlace }: IsolationView): boolean {
  return (prefix !== '' && name === 'www-authenticate') || (inPlace && name.startsWith('access-control-'));
}

/** How far up a service worker may reach: on the control origin no further than the workspace's own path. */
function workerScope(value: string, { prefix }: IsolationView): string {
  return prefix === '' || value.startsWith(`${prefix}/`) ? value : `${prefix}/`;
}

/**
 * What keeps a workspace's answers apart from other sites: headers that reach beyond it are dropped, and where it says
 * nothing itself, its pages hold no handle on a window of another site (COOP; they may still open some, for a login), and
 * other sites get nothing of it as an image or a script (CORP).
 */
export function withIsolation(fields: readonly Field[], view: IsolationView): Field[] {
  const kept: Field[] = [];
  for (const field of fields) {
    const [name, value] = field;
    if (stripped.has(name) || isControlOrigins(name, view)) continue;
    kept.push(name === 'service-worker-allowed' ? [name, workerScope(value, view)] : field);
  }
  const unlessSaid = (name: string, value: string): void => {
    if (!kept.some((field) => field[0] === name)) kept.push([name, value]);
  };
  if (view.document) unlessSaid('cross-origin-opener-policy', 'same-origin-allow-popups');
  // Let in although another origin asked: a frame without an origin of the workspace's own, or another port of it.
  unlessSaid('cross-origin-resource-policy', view.fromElsewhere ? 'cross-origin' : 'same-origin');
  if (view.inPlace) unlessSaid('x-content-type-options', 'nosniff');
  return kept;
}
