import type { IncomingMessage } from 'node:http';
import type { GuildNetError } from '#contract/errors.ts';
import { controlOrigins } from '../access/host-names.ts';
import type { HostNames } from '../access/host-names.ts';
import { createRefusalLog } from '../access/refusal-log.ts';
import {
  corsOriginOf,
  mayCallApi,
  mayOpenTerminal,
  mayProbe,
  mayReachDevelopmentServer,
  mayReachWorkspace,
  mayUsePathForm,
} from '../access/request-policy.ts';
import { requestFacts } from '../access/request-facts.ts';
import type { RequestFacts } from '../access/request-facts.ts';
import { isTerminalCall } from '../access/terminal-calls.ts';
import type { Log } from '../observability/log.ts';
import { hostProblem, requestProblem } from '../proxy/exchange/request-problem.ts';
import { letFrame } from '../proxy/framers.ts';
import { route } from '../proxy/route.ts';
import type { Route, RouteConfig } from '../proxy/route.ts';

export interface AdmissionOptions {
  /** Known once the host listens, since its port may have been chosen for it. Throws where the request cannot be for this host. */
  names(request: IncomingMessage): HostNames;
  routes(request: IncomingMessage): RouteConfig;
  /** The UI is a development server's. */
  developing?: boolean | undefined;
  log: Log;
}

export interface Admitted {
  routed: Exclude<Route, { kind: 'error' }>;
  /** Origin that may read the answer (CORS). */
  corsOrigin: string | undefined;
}

/**
 * Where a request goes, if it may, whoever sends it: what is malformed, and what a page of another site made a browser
 * send, is refused before anybody is recognised. Throws the refusal, which is logged.
 */
export type Admit = (request: IncomingMessage, upgrade: boolean, requestId: string) => Admitted;

export function createAdmission({ names, routes, developing = false, log }: AdmissionOptions): Admit {
  const logRefusal = createRefusalLog(log);

  function problemOf(
    routed: Admitted['routed'],
    facts: RequestFacts,
    frontendOrigin: string | undefined,
    { url, sharedOrigin }: { url: string; sharedOrigin: boolean },
  ): GuildNetError | undefined {
    switch (routed.kind) {
      case 'ui': {
        const verdict = developing ? mayReachDevelopmentServer(facts, frontendOrigin) : undefined;
        return verdict?.allowed === false ? verdict.error : undefined;
      }
      case 'redirect':
      case 'elsewhere':
      case 'entrance':
      // It says nothing but where it came from, and there it is asked whether it may.
      case 'detour':
        return undefined;
      case 'storage-probe': {
        const verdict = mayReachWorkspace(facts);
        return verdict.allowed ? undefined : verdict.error;
      }
      case 'workspace': {
        const verdict =
          routed.mode === 'origin' ? mayReachWorkspace(facts) : mayUsePathForm(facts, { frontendOrigin, sharedOrigin });
        return verdict.allowed ? undefined : verdict.error;
      }
      case 'probe': {
        const verdict = mayProbe(facts, frontendOrigin);
        return verdict.allowed ? undefined : verdict.error;
      }
      default: {
        const verdict = isTerminalCall(url)
          ? mayOpenTerminal(facts, { frontendOrigin, sharedOrigin })
          : mayCallApi(facts, frontendOrigin);
        return verdict.allowed ? undefined : verdict.error;
      }
    }
  }

  return (request, upgrade, requestId) => {
    const malformed = requestProblem(request.rawHeaders) ?? hostProblem(request.headers.host);
    if (malformed !== undefined) throw malformed;
    const known = names(request);
    const config = routes(request);
    const facts = requestFacts({ method: request.method, headers: request.headers, upgrade }, known);
    const routed = route({ host: facts.host, url: request.url ?? '/', fetchMode: facts.fetchMode }, config);
    if (routed.kind === 'error') throw refused(routed.error);
    if (routed.kind === 'workspace' || routed.kind === 'storage-probe') letFrame(request, controlOrigins(known));
    const problem = problemOf(routed, facts, known.frontendOrigin, {
      url: request.url ?? '/',
      sharedOrigin: config.originMode === 'path',
    });
    if (problem !== undefined) throw refused(problem);
    return { routed, corsOrigin: corsOriginOf(facts, known.frontendOrigin) };

    function refused(error: GuildNetError): GuildNetError {
      const path = request.url?.split('?')[0]?.slice(0, 200) ?? '';
      if (error.code === 'forbidden') logRefusal({ requestId, path, facts, error });
      return error;
    }
  };
}
