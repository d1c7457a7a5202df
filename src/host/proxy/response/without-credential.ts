import type { Credential } from '../../sign-in/sign-in-kind.ts';
import type { ResponseHeaders } from '../exchange/header-list.ts';

/**
 * The answer's headers without the cookie that the host itself presents: whoever signs in by hand all the same would get it into
 * the browser, which is not to know it. Pure.
 */
export function withoutCredential(headers: ResponseHeaders, credential: Credential | undefined): ResponseHeaders {
  const cookies = headers['set-cookie'];
  if (credential?.kind !== 'cookie' || cookies === undefined) return headers;
  const kept = cookies.filter((cookie) => cookie.split('=', 1)[0]?.trim() !== credential.name);
  const { 'set-cookie': _cookies, ...rest } = headers;
  return kept.length === 0 ? rest : { ...rest, 'set-cookie': kept };
}
