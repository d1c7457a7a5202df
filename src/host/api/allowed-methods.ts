import type { AnyContractRouter } from '@orpc/contract';
import { callsOf } from '#contract/calls.ts';
import { isStream } from './event-stream.ts';

/**
 * The methods that the calls of a contract have at the path of a request target, sorted; none where there is no such path. HEAD goes
 * with GET (RFC 9110, 9.3.2), but for streams.
 */
export function createAllowedMethods(contract: AnyContractRouter): (target: string) => string[] {
  const paths = callsOf(contract).map(({ method, path }) => ({ method, parts: path.split('/') }));
  return (target) => {
    const asked = (target.split('?')[0] ?? '').replace(/(?<=.)\/$/, '').split('/');
    const there = new Set<string>(paths.filter(({ parts }) => fits(parts, asked)).map(({ method }) => method));
    if (there.has('GET') && !isStream({ url: target })) there.add('HEAD');
    return [...there].toSorted();
  };
}

/** `{name}` stands for one segment. */
function fits(parts: readonly string[], asked: readonly string[]): boolean {
  return (
    parts.length === asked.length &&
    parts.every((part, at) => (part.startsWith('{') ? asked[at] !== '' : part === asked[at]))
  );
}
