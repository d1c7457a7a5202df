import CachePolicy from 'http-cache-semantics';
import type { ResponseHeaders } from '../exchange/header-list.ts';
import { listed } from '../exchange/header-list.ts';

/** Headers of one message by their lower-case names, several values of one joined: what the rules of RFC 9111 are asked with. */
export type FlatHeaders = Readonly<Record<string, string>>;

/** What an answer may depend on and still be kept: how it is coded and in which language. Nothing that says who asks. */
const selecting: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'accept-language', 'origin']);

/** A head that is larger than that is no asset's. */
const mostHeadBytes = 8 * 1024;

const options = { shared: true, cacheHeuristic: 0 } as const;

export interface AskedHead {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    return [[name, Array.isArray(value) ? value.join(', ') : value]];
  });
  return Object.fromEntries(pairs);
}

/** Whether a request may be answered from what is kept. Whoever asks for it anew, for a part of it or under conditions of their own gets what the program says. */
export function mayBeKept({ method, headers }: AskedHead): boolean {
  if (method !== 'GET' || headers['range'] !== undefined || headers['authorization'] !== undefined) return false;
  if (headers['pragma'] !== undefined || headers['if-modified-since'] !== undefined) return false;
  const asked = headers['cache-control'];
  if (asked === undefined) return true;
  return !listed(Array.isArray(asked) ? asked.join(', ') : asked).some(
    (word) => word === 'no-cache' || word === 'no-store' || /^max-age=0*$/.test(word),
  );
}

/**
 * What of a request selected an answer, as it is kept beside it; undefined: the answer is not to be kept. Kept is what its program says may be given
 * to anybody (`public`, RFC 9111 5.2.2.9) for a time that it names: never by guess, never with cookies, never where it depends on who asks.
 */
export function keptFor(asked: AskedHead, status: number, headers: ResponseHeaders): FlatHeaders | undefined {
  // Most answers say nothing of the kind, and cost no more than this look.
  if (status !== 200 || headers['cache-control'] === undefined || !mayBeKept(asked)) return undefined;
  const said = flat(headers);
  const bytes = Object.entries(said).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes > mostHeadBytes || said['set-cookie'] !== undefined) return undefined;
  const control = listed(said['cache-control'] ?? '');
  if (!control.includes('public') || !control.some((word) => /^(?:s-maxage|max-age)=/.test(word))) return undefined;
  const vary = listed(said['vary'] ?? '');
  if (vary.some((name) => !selecting.has(name))) return undefined;
  const all = flat(asked.headers);
  const selectedBy = Object.fromEntries(vary.map((name) => [name, all[name] ?? '']));
  const policy = policyOf(selectedBy, said);
  return policy.storable() && policy.maxAge() > 0 && !control.includes('no-cache') ? selectedBy : undefined;
}

function policyOf(selectedBy: FlatHeaders, said: FlatHeaders): CachePolicy {
  return new CachePolicy(
    { url: '/', method: 'GET', headers: { ...selectedBy } },
    { status: 200, headers: { ...said } },
    options,
  );
}

export interface KeptHead {
  /** What of the request selected it. */
  selectedBy: FlatHeaders;
  headers: Readonly<Record<string, readonly string[]>>;
  /** Milliseconds since the epoch. */
  storedAt: number;
}

/** The age of what is kept, in seconds, where it answers this request and is fresh; otherwise undefined. */
export function ageFor(asked: AskedHead, kept: KeptHead, now: number): number | undefined {
  const all = flat(asked.headers);
  for (const [name, value] of Object.entries(kept.selectedBy)) if ((all[name] ?? '') !== value) return undefined;
  const said = flat(Object.fromEntries(Object.entries(kept.headers).map(([name, values]) => [name, [...values]])));
  // What its program calls its age is added to ours; its date is its own clock's, which may be anywhere.
  const { date: _date, ...rest } = said;
  const policy = policyOf(kept.selectedBy, rest);
  const here = Math.max(0, Math.floor((now - kept.storedAt) / 1_000));
  const before = Math.floor(policy.age());
  return now >= kept.storedAt && before + here < policy.maxAge() ? before + here : undefined;
}

/** Whether the client has it already (RFC 9110, 13.1.2). */
export function clientHas(asked: AskedHead, kept: KeptHead): boolean {
  const tag = kept.headers['etag']?.[0];
  const condition = flat(asked.headers)['if-none-match'];
  if (tag === undefined || condition === undefined) return false;
  const opaque = (one: string): string => one.trim().replace(/^W\//, '');
  return condition.split(',').some((one) => opaque(one) === opaque(tag));
}
