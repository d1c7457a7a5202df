import type { IncomingMessage, ServerResponse } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import { respondWithError } from '../proxy/respond.ts';
import { noSuchCall } from './no-such-call.ts';
import { readUiFiles } from './ui-files.ts';
import type { UiFile } from './ui-files.ts';
import { uiHeaders } from './ui-headers.ts';
import { uiPolicy } from './ui-policy.ts';

export interface StaticUiOptions {
  folder: string | undefined;
  /** Where workspaces may be framed from: `https://*.localhost:8080`, or `'self'` when they share the origin. */
  frameSource(): string;
  /** Whom its pages may ask besides this host. */
  connectSource?: (() => string) | undefined;
}

export type StaticUi = (request: IncomingMessage, response: ServerResponse, requestId: string) => Promise<void>;

const withoutUi = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>GuildNet</title>
<h1>GuildNet is running</h1>
<p>This host was started without a built user interface. Run <code>npm run build</code> and start it again, or use the
command line: <code>guildnet ls</code>.</p>
</html>
`;

/** Serves the built UI to browsers. Paths without a file are the UI's own, so they get its page. */
export function createStaticUi({ folder, frameSource, connectSource }: StaticUiOptions): StaticUi {
  let loading: Promise<Map<string, UiFile>> | undefined;
  const load = async (): Promise<Map<string, UiFile>> => {
    if (folder === undefined) return new Map();
    loading ??= readUiFiles(folder);
    return loading;
  };

  function send(request: IncomingMessage, response: ServerResponse, file: UiFile): void {
    const headers = {
      'content-type': file.type,
      etag: file.etag,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'content-length': file.body.length });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  return async (request, response, requestId) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      respondWithError(request, response, noSuchCall(request, response, ['GET', 'HEAD']), requestId);
      return;
    }
    try {
      const files = await load();
      response.setHeader('x-request-id', requestId);
      const policy = uiPolicy(frameSource(), connectSource?.());
      for (const [name, value] of Object.entries(uiHeaders(policy))) response.setHeader(name, value);
      const file = files.get(path);
      const page = files.get('/index.html');
      if (file !== undefined) send(request, response, file);
      else if (/\.\w+$/.test(path)) {
        throw new GuildNetError('not_found', `There is no file ${path}.`);
      } else if (page !== undefined) send(request, response, page);
      else {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : withoutUi);
      }
    } catch (error) {
      loading = undefined;
      respondWithError(request, response, error, requestId);
    }
  };
}
