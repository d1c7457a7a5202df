import { headerPairs, hopByHop } from './header-list.ts';
import { keepSingleValues } from './single-values.ts';

/** RFC 9110, 6.5.1: what says where a message ends, whom it asks or who may have it cannot come after the body. */
const forbidden: ReadonlySet<string> = new Set([
  'content-length',
  'content-encoding',
  'content-type',
  'content-range',
  'host',
  'authorization',
  'cookie',
  'set-cookie',
  'location',
  'cache-control',
  'clear-site-data',
  'strict-transport-security',
]);

const maxTrailers = 64;

/** The trailers of a message that may be sent on, as `addTrailers` takes them; undefined when there are none. */
export function sentTrailers(raw: readonly string[]): Record<string, string[]> | undefined {
  const sent = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of headerPairs(raw).slice(0, maxTrailers)) {
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || forbidden.has(lower) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) continue;
    (sent[lower] ??= []).push(value);
  }
  // No contradiction among them: where to go to is not said after the body.
  keepSingleValues(sent);
  return Object.keys(sent).length === 0 ? undefined : sent;
}
