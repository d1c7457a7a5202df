import { GuildNetError, toErrorBody, remedyOf } from '#contract/errors.ts';
import type { ProxyAnswer, ProxyQuestion } from '#contract/proxy-debug.ts';
import type { TransportStatus } from '#contract/transport.ts';
import type { OwnNames } from '../../access/host-names.ts';
import { upstreamHeaders } from '../exchange/request-headers.ts';
import { authorityText } from '../forms/ask.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { Step } from '../resolve/step.ts';
import { ownAddress } from '../route.ts';
import type { Route, RouteConfig } from '../route.ts';
import type { PodTarget, ProxyTarget } from '../target.ts';
import { askedRoute } from './question.ts';
import { transportSteps } from './transport-steps.ts';

export interface ProxyDebugOptions {
  names(): OwnNames;
  routes(): RouteConfig;
  resolver: Resolver;
  /** Which way a connection to a pod would take now, and why. */
  transportTo(target: PodTarget): TransportStatus;
}

/** Answers a question about the proxy; `requestId` is that of the question. Never rejects for what is asked: a refusal is an answer. */
export type ProxyDebug = (question: ProxyQuestion, requestId: string) => Promise<ProxyAnswer>;

type Proxied = Extract<Route, { kind: 'workspace' }>;

/** Headers of which some do not go on: each is tried on the real rules. */
const tried = [
  'Authorization',
  'Connection',
  'Cookie',
  'Expect',
  'Forwarded',
  'Keep-Alive',
  'Origin',
  'Proxy-Authorization',
  'Proxy-Connection',
  'Referer',
  'TE',
  'Upgrade',
  'User-Agent',
  'Via',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Real-IP',
];
const controlCookie = '__Host-guildnet=…';

function described(target: ProxyTarget, way: TransportStatus | undefined): NonNullable<ProxyAnswer['target']> {
  const { scheme, port, serverName } = target;
  const common = { scheme, port, ...(serverName === undefined ? {} : { server_name: serverName }) };
  if (target.kind === 'direct')
    return { transport: 'direct', losses: [], ...common, host: target.host, address: target.address };
  const { kind: transport = 'spdy', losses = [] } = way ?? {};
  return { transport, losses, ...common, namespace: target.namespace, pod: target.pod };
}

/** The request that would leave, made by the rules that make the real ones. */
function sent({ mode, prefix, upstreamPath }: Proxied, host: string, target: ProxyTarget): ProxyAnswer['request'] {
  const view = {
    host,
    clientAddress: '<address of the client>',
    mode,
    prefix,
    ...(target.kind === 'direct' ? { upstreamHost: authorityText(target) } : {}),
  };
  const raw = tried.flatMap((name) => [name, name === 'Cookie' ? controlCookie : 'x']);
  const flat = upstreamHeaders(['Host', host, ...raw], 'GET', view, { framing: 'none' });
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] ?? '', flat[at + 1] ?? '']);
  const kept = new Set(pairs.filter(([, value]) => value === 'x').map(([name]) => name.toLowerCase()));
  return {
    method: 'GET',
    path: upstreamPath,
    host: pairs.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '',
    added: pairs.filter(([name, value]) => value !== 'x' && name.toLowerCase() !== 'host'),
    removed: tried.filter((name) => !kept.has(name.toLowerCase())),
  };
}

/** Explains the way of a request, rule by rule (specification, "Endpoints", `/api/proxy-debug`; its fields stay). */
export function createProxyDebug({ names, routes, resolver, transportTo }: ProxyDebugOptions): ProxyDebug {
  async function follow(question: ProxyQuestion, steps: Step[]): Promise<Partial<ProxyAnswer>> {
    const { routed, host, form } = askedRoute(question, names(), routes());
    steps.push({ rule: 'form', outcome: routed.kind === 'error' ? 'refused' : 'taken', why: form });
    switch (routed.kind) {
      case 'error':
        throw routed.error;
      case 'redirect':
        return { redirect: routed.location };
      case 'elsewhere':
        return { redirect: ownAddress(routed, routes().ownOrigin(routed.ask)) };
      case 'workspace': {
        const own = routed.mode === 'path' ? routes().ownOrigin(routed.ask) : undefined;
        const redirect =
          own === undefined || routes().originMode === 'path' ? {} : { redirect: `${own}${routed.upstreamPath}` };
        const target = await resolver(routed.ask, (step) => steps.push(step));
        const way = target.kind === 'direct' ? undefined : transportTo(target);
        if (way !== undefined) steps.push(...transportSteps(way));
        return { target: described(target, way), request: sent(routed, host, target), ...redirect };
      }
      default:
        steps.push({ rule: 'form', outcome: 'passed', why: 'This is answered by the host itself, not by the proxy.' });
        return {};
    }
  }

  return async (question, requestId) => {
    const { server = '', path = '', to, url } = question;
    const echo = {
      server,
      path,
      rid: requestId,
      ...(to === undefined ? {} : { to }),
      ...(url === undefined ? {} : { url }),
    };
    const steps: Step[] = [];
    try {
      const found = await follow(question, steps);
      return { ...echo, steps, ...found };
    } catch (error) {
      if (!(error instanceof GuildNetError)) throw error;
      const body = toErrorBody(error);
      const remedy = remedyOf(body);
      return {
        ...echo,
        steps,
        error: { code: body.code, message: body.message, ...(remedy === undefined ? {} : { remedy }) },
      };
    }
  };
}
