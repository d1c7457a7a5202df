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
  const pairs = headerPairs(raw).map(([name, value]) => ({ name: name.toLowerCase(), value }));
  const values = (wanted: string): string[] => pairs.flatMap(({ name, value }) => (name === wanted ? [value] : []));
  if (values('host').length > 1) return refuse('The request has more than one Host.');
  const named = values('connection').flatMap(listed);
  const framing = named.find((name) => notToBeNamed.has(name));
  if (framing !== undefined) return refuse(`Connection may not name ${framing}.`);
  const lengths = values('content-length');
  const codings = values('transfer-encoding').flatMap(listed);
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
