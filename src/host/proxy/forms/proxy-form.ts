import { GuildNetError } from '#contract/errors.ts';
import type { PortScheme } from '#contract/port-scheme.ts';
import { authorityText } from './ask.ts';
import type { ProxyAsk } from './ask.ts';
import { parseQueryForm } from './query-form.ts';
import { parseServerSegment } from './server-segment.ts';
import { parseTargetText } from './target-text.ts';

export type ProxyForm =
  /** `prefix` is where the root of what is asked for lies: `/proxy/server/{id}`, `/proxy/{to}`. */
  | { kind: 'complete'; ask: ProxyAsk; upstreamPath: string; prefix: string }
  /** The slash behind the name is missing, without which a page's relative links would lose the name. */
  | { kind: 'incomplete'; complete: string };

const serverForm = '/proxy/server/';
const pathForm = '/proxy/';

/** Splits `{segment}{rest}`: rest begins with `/` or `?`, or is empty. */
function split(text: string): { segment: string; rest: string } {
  const end = text.search(/[/?]/);
  return end === -1 ? { segment: text, rest: '' } : { segment: text.slice(0, end), rest: text.slice(end) };
}

export type TargetAsk = Extract<ProxyAsk, { kind: 'target' }>;

/** What `to=` asks for; `scheme` wins over one that stands before the host. Throws `bad_target`. */
export function parseTargetAsk(to: string, scheme?: PortScheme): TargetAsk {
  const target = parseTargetText(to);
  const known = scheme ?? target.scheme;
  if (target.port === undefined) {
    throw new GuildNetError('bad_target', `"${to.slice(0, 80)}" does not say which port.`, {
      remedy: 'The form is host:port, for example my-service:8080.',
    });
  }
  return { kind: 'target', host: target.host, port: target.port, ...(known === undefined ? {} : { scheme: known }) };
}

/** Where the path form of the same target lies, for redirects and cookies of what was asked for by the query form. */
export function targetPrefix(ask: TargetAsk): string {
  return `${pathForm}${ask.scheme === undefined ? '' : `${ask.scheme}:`}${authorityText(ask)}`;
}

/**
 * Reads the three forms of the specification ("Endpoints"): `/proxy?to=host:port&path=/…`, `/proxy/{to}/{rest}` and
 * `/proxy/server/{id}/{rest}`. `?to=` counts at exactly `/proxy` only: anywhere else the query belongs to what is asked for.
 * `url` is the request target as it came. Throws `bad_target` or `not_found`.
 */
export function parseProxyForm(url: string): ProxyForm {
  if (url === '/proxy' || url.startsWith('/proxy?')) {
    const { to, scheme, upstreamPath } = parseQueryForm(url.slice('/proxy?'.length));
    const ask = parseTargetAsk(to, scheme);
    return { kind: 'complete', ask, upstreamPath, prefix: targetPrefix(ask) };
  }
  const form = url.startsWith(serverForm) ? serverForm : pathForm;
  const { segment, rest } = split(url.slice(form.length));
  const ask = form === serverForm ? parseServerSegment(segment) : parseTargetAsk(segment);
  if (!rest.startsWith('/')) return { kind: 'incomplete', complete: `${form}${segment}/${rest}` };
  return { kind: 'complete', ask, upstreamPath: rest, prefix: `${form}${segment}` };
}
