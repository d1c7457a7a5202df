import type { IncomingHttpHeaders } from 'node:http';
import { isReservedCookie } from './response/set-cookie.ts';

export interface UpstreamView {
  /** The `Host` that the client asked for. It goes on as it is: servers compare it with the `Origin` of WebSockets. */
  host: string;
  clientAddress: string;
  mode: 'origin' | 'path';
  prefix: string;
  upgrade: boolean;
}

/** RFC 9110, 7.6.1: these speak about one connection and end with it. */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'trailer'];
/** What a client may claim about where it comes from is not believed: this host is the first hop. */
const claimed = ['forwarded', 'x-real-ip', 'via'];

/** A `Cookie` header without the host's own; undefined when nothing is left. */
export function workspaceCookies(header: string): string | undefined {
  const kept = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && !isReservedCookie(pair));
  return kept.length === 0 ? undefined : kept.join('; ');
}

/** Makes a request's headers fit for the workspace, in place. */
export function prepareUpstreamHeaders(headers: IncomingHttpHeaders, view: UpstreamView): void {
  const named = view.upgrade ? [] : (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  for (const name of [...named, ...hopByHop, ...claimed]) {
    if (name !== '' && !(view.upgrade && name === 'connection')) delete headers[name];
  }
  // The answer to it has been given by our own server.
  delete headers.expect;
  if (view.mode === 'path') {
    // Sent to the control origin, so they are the control origin's.
    delete headers.authorization;
    headers['x-forwarded-prefix'] = view.prefix;
  } else {
    delete headers['x-forwarded-prefix'];
  }
  if (headers.cookie !== undefined) {
    const cookie = workspaceCookies(headers.cookie);
    if (cookie === undefined) delete headers.cookie;
    else headers.cookie = cookie;
  }
  headers['x-forwarded-for'] = view.clientAddress;
  headers['x-forwarded-host'] = view.host;
  headers['x-forwarded-port'] = /:(\d+)$/.exec(view.host)?.[1] ?? '443';
  headers['x-forwarded-proto'] = 'https';
}
