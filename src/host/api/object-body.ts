import { GuildNetError } from '#contract/errors.ts';

/**
 * The parsed body of a request, when it is a JSON object or empty: no call of the contract takes anything else. Where a path has
 * parameters, oRPC takes every other value (`[null]`, `3`, a form) for no body at all and does what the path says. Throws `bad_body`.
 */
export function objectBody(body: unknown): Record<string, unknown> | undefined {
  if (body === undefined || body === '' || isEmpty(body)) return undefined;
  if (isPlain(body)) return body;
  throw new GuildNetError('bad_body', `The request body is ${kindOf(body)}, and not a JSON object.`, {
    remedy: 'Send a JSON object with Content-Type: application/json, or no body where nothing has to be said.',
  });
}

/** What clients send that have nothing to say, each in its own type. */
function isEmpty(body: unknown): boolean {
  return (body instanceof Blob || body instanceof URLSearchParams) && body.size === 0;
}

function isPlain(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype;
}

function kindOf(body: unknown): string {
  if (body === null) return 'null';
  if (Array.isArray(body)) return 'a list';
  if (body instanceof URLSearchParams || body instanceof FormData) return 'a form';
  if (typeof body === 'object') return 'of another media type';
  return typeof body === 'string' ? 'a text' : `a ${typeof body}`;
}
