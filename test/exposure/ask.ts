import { once } from 'node:events';
import { type IncomingMessage, get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Answer {
  status: number;
  body: string;
}

/**
 * Asks for `url` at `address`, as somebody would whose DNS leads the name there. Rejects when nobody answers, or not with a
 * certificate for this name that `authority` (PEM) has issued.
 */
export async function ask(url: string, address: string, authority?: string): Promise<Answer> {
  const lookup: LookupFunction = (_name, { all }, found) => {
    if (all === true) found(null, [{ address, family: 4 }]);
    else found(null, address, 4);
  };
  const request = url.startsWith('https:')
    ? getSecure(url, { lookup, agent: false, ...(authority === undefined ? {} : { ca: authority }) })
    : getPlain(url, { lookup, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, body: await text(response) };
}
