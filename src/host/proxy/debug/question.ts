import { GuildNetError } from '#contract/errors.ts';
import type { ProxyQuestion } from '#contract/proxy-debug.ts';
import { authorityOf } from '../../access/front.ts';
import { askedHost } from '../../access/host-names.ts';
import type { OwnNames } from '../../access/host-names.ts';
import { askName } from '../forms/ask.ts';
import { parseTargetAsk, targetPrefix } from '../forms/proxy-form.ts';
import { parseServerSegment } from '../forms/server-segment.ts';
import { route } from '../route.ts';
import type { Route, RouteConfig } from '../route.ts';

export interface AskedRoute {
  routed: Route;
  /** The `Host` that the request would carry. */
  host: string;
  /** What was asked and in which form, in words. */
  form: string;
}

function malformed(message: string): GuildNetError {
  return new GuildNetError('bad_target', message, {
    remedy: 'Ask with one of server=<id>, to=<host:port> and url=<address>; path= goes with the first two.',
  });
}

/** `https://host:port/path` in two, nothing decoded; a path alone is on our own origin. */
function splitUrl(url: string, own: string): { host: string; path: string } {
  if (url.startsWith('/')) return { host: own, path: url };
  const { host, rest = '' } = /^https:\/\/(?<host>[^/?#]+)(?<rest>[^#]*)/i.exec(url)?.groups ?? {};
  if (host === undefined) throw malformed('The address begins neither with https:// nor with a slash.');
  return { host, path: rest.startsWith('/') ? rest : `/${rest}` };
}

/** The route that a question is about. Throws `bad_target` or `not_found` as the proxy itself would. */
export function askedRoute(question: ProxyQuestion, names: OwnNames, config: RouteConfig): AskedRoute {
  const { server, to, url, scheme, path = '/' } = question;
  if ([server, to, url].filter((one) => one !== undefined).length !== 1)
    throw malformed('The question does not say what is asked for, or says it twice.');
  const own = authorityOf('localhost', names.port);
  if (url !== undefined) {
    const at = splitUrl(url, own);
    const host = askedHost(at.host, names);
    const routed = route({ host, url: at.path, fetchMode: undefined }, config);
    const form =
      host.kind === 'workspace'
        ? `The own origin of ${host.id}.`
        : `The path ${at.path.slice(0, 200)} on ${host.authority}.`;
    return { routed, host: at.host, form };
  }
  if (!path.startsWith('/')) throw malformed('The path does not begin with a slash.');
  if (server !== undefined) {
    const ask = parseServerSegment(server);
    const prefix = `/proxy/server/${server}`;
    const asked = scheme === undefined || ask.port === undefined ? ask : { ...ask, scheme };
    return {
      routed: { kind: 'workspace', ask: asked, id: ask.id, upstreamPath: path, mode: 'path', prefix },
      host: own,
      form: `${prefix}/`,
    };
  }
  const ask = parseTargetAsk(to ?? '', scheme);
  const prefix = targetPrefix(ask);
  return {
    routed: { kind: 'workspace', ask, id: askName(ask), upstreamPath: path, mode: 'path', prefix },
    host: own,
    form: `/proxy?to=${to ?? ''}, the same as ${prefix}/`,
  };
}
