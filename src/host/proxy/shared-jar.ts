/**
 * Cookies where several workspaces are ports of one host name. Browsers keep one jar for all of its ports (RFC 6265, 8.5), so each
 * cookie is given a name there that says whose it is and for which path, and scripts neither read nor set it. The name that
 * the workspace knows is seen by the workspace alone.
 */
export interface SharedJar {
  /** The workspace. */
  id: string;
  /** Of the request, without its query. */
  path: string;
}

/**
 * `__Host-Http-`: set for this name alone, over https, by an answer and not by a script (draft-ietf-httpbis-rfc6265bis, 4.1.3). It asks for
 * `Path=/`, which is why the workspace's own path is kept in the name.
 */
const prefix = '__Host-Http-gw.';
const form = /^__Host-Http-gw\.(?<id>[^.]*)\.(?<path>[\w-]*)\.(?<name>.*)$/s;

/** The path that a cookie is for where it names none: the directory of what was asked for (RFC 6265, 5.1.4). */
function directoryOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}

/** RFC 6265, 5.1.4. */
function covers(cookiePath: string, path: string): boolean {
  if (cookiePath === path) return true;
  if (!path.startsWith(cookiePath)) return false;
  return cookiePath.endsWith('/') || path[cookiePath.length] === '/';
}

/** Of a workspace, as a part of a cookie's name, which has no `@` (RFC 6265, 4.1.1); no DNS label has the `~`. */
const partOf = (id: string): string => id.replace('@', '~');

/** What the cookie `name` of a workspace is called in the jar. `asked`: its Path, where it has one. */
export function nameInJar(name: string, asked: string | undefined, { id, path }: SharedJar): string {
  const own = asked?.startsWith('/') === true ? asked : directoryOf(path);
  return `${prefix}${partOf(id)}.${Buffer.from(own).toString('base64url')}.${name}`;
}

/** The pairs of a `Cookie` header that this workspace has set for this path, under its own names, the most exact path first. Pure. */
export function pairsFor(pairs: readonly string[], { id, path }: SharedJar): string[] {
  const own = pairs.flatMap((pair) => {
    const end = pair.indexOf('=');
    const found = form.exec(pair.slice(0, Math.max(end, 0)))?.groups;
    if (found?.['id'] !== partOf(id)) return [];
    const cookiePath = Buffer.from(found['path'] ?? '', 'base64url').toString('utf8');
    if (!covers(cookiePath, path)) return [];
    const name = found['name'] ?? '';
    return [{ length: cookiePath.length, pair: name === '' ? pair.slice(end + 1) : `${name}${pair.slice(end)}` }];
  });
  return own.toSorted((one, other) => other.length - one.length).map(({ pair }) => pair);
}
