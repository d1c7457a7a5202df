import type { IncomingMessage, ServerResponse } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';

/**
 * What a request that fits no call is answered: 405 with the methods that there are (RFC 9110, 15.5.6), or 404 where the path has none.
 * Sets `Allow`, which a 405 must have.
 */
export function noSuchCall(
  { method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  response: Pick<ServerResponse, 'setHeader'>,
  allowed: readonly string[],
): GuildNetError {
  const path = (url.split('?')[0] ?? '').slice(0, 200);
  if (allowed.length === 0)
    return new GuildNetError('not_found', `There is no ${method} ${path}.`, { remedy: 'Check method and path.' });
  response.setHeader('allow', allowed.join(', '));
  return new GuildNetError('method_not_allowed', `There is no ${method} ${path}.`, {
    remedy: `This path is for ${allowed.join(', ')}.`,
    details: { allow: [...allowed] },
  });
}
