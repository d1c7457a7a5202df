import { isFieldValue } from './field.ts';
import { nameInJar } from '../shared-jar.ts';
import { underPrefix } from './location.ts';
import type { RewriteView } from './view.ts';

type CookieView = Pick<RewriteView, 'prefix' | 'context' | 'jar'>;

/** Names under which the control origin keeps its own, with any of the prefixes that browsers know. */
const reserved = /^(?:__host-http-|__host-|__http-|__secure-)*guildnet/i;
/** RFC 6265bis, 5.7: browsers drop a cookie whose name and value are longer together. */
const longest = 4_096;

/** Whether a cookie of this name is the host's own, which no workspace may see or set. */
export function isReservedCookie(name: string): boolean {
  return reserved.test(name.trim());
}

function isAcceptable(name: string, value: string): boolean {
  if (name === '' && value === '') return false;
  // A cookie without a name is sent as its value alone, which then reads as another's name.
  if (isReservedCookie(name) || (name === '' && isReservedCookie(value))) return false;
  return name.length + value.length <= longest;
}

/**
 * Whether the cookie goes to a partition of its own: in a frame it must, or browsers that block third-party cookies drop
 * it. In a tab it must not: what the page's own script sets there goes to the common jar, so a partitioned cookie of the
 * same name would be a second one beside it, and a login that compares the two never ends. Programs get what the
 * specification says.
 */
function isPartitioned({ context }: CookieView): boolean {
  return context !== 'tab';
}

/**
 * A `Set-Cookie` that stays with its workspace and works in an iframe (specification, "Browser Integration"): no Domain,
 * always `Secure; SameSite=None`, `Partitioned` where it belongs, and a Path under the workspace's root. Undefined when
 * the cookie is refused: one of the host's own names, too long, or with a control character in it.
 */
export function rewriteSetCookie(cookie: string, view: CookieView): string | undefined {
  if (!isFieldValue(cookie)) return undefined;
  const [pair = '', ...attributes] = cookie.split(';');
  const equals = pair.indexOf('=');
  const name = equals === -1 ? '' : pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  if (!isAcceptable(name, value)) return undefined;
  const kept: string[] = [];
  let path: string | undefined;
  for (const attribute of attributes.map((each) => each.trim())) {
    const [key = '', text = ''] = attribute.split(/=(.*)/s);
    const attributeName = key.trim().toLowerCase();
    if (attributeName === 'path') path = text.trim();
    else if (!['', 'domain', 'secure', 'samesite', 'partitioned'].includes(attributeName)) kept.push(attribute);
  }
  if (view.jar !== undefined) {
    const renamed = nameInJar(name, path, view.jar);
    if (!isAcceptable(renamed, value)) return undefined;
    const own = kept.filter((attribute) => !/^httponly$/i.test(attribute));
    // A frame and a tab are of one site here, and of one partition.
    return [`${renamed}=${value}`, ...own, 'Path=/', 'HttpOnly', 'Secure', 'SameSite=None'].join('; ');
  }
  // A cookie without Path, or with one that is no path, belongs to the directory of the page: the browser's own rule.
  if (path?.startsWith('/') === true) {
    // `__Host-` cookies are refused under any path but the root.
    const rooted = /^__host-/i.test(name);
    kept.push(`Path=${rooted ? path : underPrefix(path, view)}`);
  }
  const always = ['Secure', 'SameSite=None', ...(isPartitioned(view) ? ['Partitioned'] : [])];
  return [pair.trim(), ...kept, ...always].join('; ');
}
