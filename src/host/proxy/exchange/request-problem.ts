import { GuildNetError } from '#contract/errors.ts';
import { headerPairs, listed } from './header-list.ts';

/** Taking one of these away would change where a request ends or whom it asks. */
const notToBeNamed: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

function refuse(message: string): GuildNetError {
  return new GuildNetError('bad_request', message, { remedy: 'Send a request as RFC 9112 has it.' });
}

/** RFC 9112, 3.2: a request names whom it asks. HTTP/1.0 knows nothing of it, and is asked for it all the same. */
export function hostProblem(host: string | undefined): GuildNetError | undefined {
  return host === undefined ? refuse('The request names no Host.') : undefined;
}

/**
 * What makes a request's headers ambiguous, so that the next server might read them another way than we did (request
 * smuggling), or undefined. Node's parser has refused what cannot be read at all.
 */
export function requestProblem(raw: readonly string[]): GuildNetError | undefined {
  let hosts = 0;
  const named: string[] = [];
  const lengths: string[] = [];
  const codings: string[] = [];
  for (const [name, value] of headerPairs(raw)) {
    switch (name.toLowerCase()) {
      case 'host':
        hosts += 1;
        break;
      case 'connection':
        named.push(...listed(value));
        break;
      case 'content-length':
        lengths.push(value);
        break;
      case 'transfer-encoding':
        codings.push(...listed(value));
        break;
      default:
    }
  }
  if (hosts > 1) return refuse('The request has more than one Host.');
  const framing = named.find((name) => notToBeNamed.has(name));
  if (framing !== undefined) return refuse(`Connection may not name ${framing}.`);
  if (lengths.length > 1) return refuse('The request has more than one Content-Length.');
  if (codings.length > 0 && lengths.length > 0) {
    return refuse('The request has both Content-Length and Transfer-Encoding.');
  }
  if (codings.length > 0 && codings.join(',') !== 'chunked') {
    return new GuildNetError('unsupported', 'Of transfer codings only "chunked" is known here.', {
      remedy: 'Send the body with a Content-Length, or chunked.',
    });
  }
  return undefined;
}
