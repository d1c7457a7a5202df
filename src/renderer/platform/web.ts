import { createORPCClient, ORPCError } from '@orpc/client';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { errorBodySchema } from '#contract/errors.ts';
import { contract, type HostClient } from '#contract/routes.ts';
import { socketTerminals } from '../terminal/socket-terminal.ts';
import { HostUnreachable } from './host-unreachable.ts';
import type { Platform } from './platform.ts';
import { keptShortcuts } from '../shortcuts/kept-shortcuts.ts';
import { t } from '../words/language.ts';

/** The platform of a browser: the host that served this page, over its REST API and Server-Sent Events. */
export function createWebPlatform(origin: string): Platform {
  const link = new OpenAPILink(contract, {
    url: origin,
    fetch: reach,
    plugins: [new ResponseValidationPlugin(contract)],
    customErrorResponseBodyDecoder: (body, response) => {
      const known = errorBodySchema.safeParse(body);
      if (!known.success) return undefined;
      return new ORPCError(known.data.code, {
        status: response.status,
        message: known.data.message,
        data: known.data,
      });
    },
  });
  const host: HostClient = createORPCClient(link);
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return {
    kind: 'web',
    host,
    connectTerminal: socketTerminals(origin),
    shortcuts: keptShortcuts(localStorage, isMac),
  };
}

/** `fetch`, whose failure to reach the host at all gets a name of its own; an abort stays what it is. */
async function reach(request: Request, init: { redirect?: Request['redirect'] }): Promise<Response> {
  try {
    return await fetch(request, init);
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw new HostUnreachable(t().failure.noHost, { cause });
  }
}
