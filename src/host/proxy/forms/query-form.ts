import { GuildNetError } from '#contract/errors.ts';
import type { PortScheme } from '#contract/port-scheme.ts';

export interface QueryForm {
  /** What `to=` says, decoded. */
  to: string;
  scheme: PortScheme | undefined;
  /** The request target for upstream: `path=`, then what else the query holds. */
  upstreamPath: string;
}

const control = new Set(['to', 'path', 'scheme']);

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    // Not UTF-8: no name of ours, and no host.
    return spaced;
  }
}

/**
 * `path=` as a request target. What begins with `/` is one already and goes up byte for byte; what begins with `%2F` was
 * encoded as a whole (`encodeURIComponent`, `URLSearchParams`) and is decoded once.
 */
function pathOf(value: string): string {
  if (value === '') return '/';
  if (value.startsWith('/')) return value;
  if (/^%2f/i.test(value)) {
    return value.replaceAll('+', '%20').replaceAll(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
      const byte = Number.parseInt(hex, 16);
      // What no request target can hold (controls, blanks, `#`, other than ASCII) stays encoded.
      return byte > 0x20 && byte < 0x7f && byte !== 0x23 ? String.fromCharCode(byte) : escape;
    });
  }
  throw new GuildNetError('bad_target', 'The path to ask for does not begin with a slash.', {
    remedy: 'The form is /proxy?to=host:port&path=/some/path, with the path encoded where it has a query of its own.',
  });
}

/**
 * Reads `/proxy?to=host:port&path=/…&scheme=` (specification, "Endpoints"); `query` is what follows the `?`, as it came.
 * The three are taken out, everything else stays in its order and bytes. Throws `bad_target`.
 */
export function parseQueryForm(query: string): QueryForm {
  const values = new Map<string, string>();
  const rest = query.split('&').filter((pair) => {
    const [name = '', ...value] = pair.split('=');
    const key = decoded(name);
    if (!control.has(key)) return true;
    if (values.has(key)) {
      throw new GuildNetError('bad_target', `"${key}" is given twice.`, {
        remedy: 'Put what the target itself shall get into path=, encoded.',
      });
    }
    values.set(key, value.join('='));
    return false;
  });
  const to = values.get('to');
  if (to === undefined) {
    throw new GuildNetError('bad_target', 'The request does not say where to: "to" is missing.', {
      remedy: 'The form is /proxy?to=host:port&path=/some/path.',
    });
  }
  const scheme = values.get('scheme')?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw new GuildNetError('bad_target', `"${decoded(scheme).slice(0, 80)}" is no scheme.`, {
      remedy: 'Use scheme=http or scheme=https, or leave it out.',
    });
  }
  const path = pathOf(values.get('path') ?? '');
  const remaining = rest.join('&');
  const joint = path.includes('?') ? '&' : '?';
  return { to: decoded(to), scheme, upstreamPath: remaining === '' ? path : `${path}${joint}${remaining}` };
}
