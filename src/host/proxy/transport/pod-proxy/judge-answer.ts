import { statusMessage } from '../status-message.ts';
import { TunnelError } from '../tunnel-error.ts';

/**
 * What the API server itself says of a request by its proxy, where it is not the workspace's answer: undefined when it is. Its words are a
 * Kubernetes Status (apimachinery/pkg/util/proxy, ErrorResponder; apiserver, handlers/responsewriters).
 */
export function apiServersWord(status: number, body: string): TunnelError | undefined {
  const message = statusMessage(body);
  if (message === undefined) return undefined;
  if (/error trying to reach service/i.test(message)) {
    if (/connection refused/i.test(message)) return new TunnelError('refused', message);
    // Go's net/http of what it cannot read (readResponse, and net/textproto's ReadMIMEHeader).
    if (/malformed (?:HTTP|MIME)/.test(message)) return new TunnelError('no-http', message);
    return new TunnelError(/no route to host|timeout|i\/o timeout/i.test(message) ? 'gone' : 'lost', message);
  }
  if (status === 401) return new TunnelError('unauthorized', message);
  if (status === 403 && /resource "pods\/proxy"/i.test(message)) return new TunnelError('denied', message);
  if (status === 404 && /^pods? ".*" not found/i.test(message)) return new TunnelError('gone', message);
  if (status === 400 && /address not allowed|no suitable/i.test(message)) return new TunnelError('gone', message);
  return undefined;
}

/** Whether an answer may be the API server's own word: its beginning has to be looked at then. */
export function mayBeApiServers(status: number, contentType: string): boolean {
  return status >= 400 && /^application\/json\b/i.test(contentType);
}
