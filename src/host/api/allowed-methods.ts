import type { AnyContractRouter } from '@orpc/contract';
import { callsOf } from '#contract/calls.ts';

/** The methods that the calls of a contract have at the path of a request target, sorted; none where there is no such path. */
export function createAllowedMethods(contract: AnyContractRouter): (target: string) => string[] {
  const paths = callsOf(contract).map(({ method, path }) => ({ method, parts: path.split('/') }));
  return (target) => {
    const asked = (target.split('?')[0] ?? '').replace(/(?<=.)\/$/, '').split('/');
    return [...new Set(paths.filter(({ parts }) => fits(parts, asked)).map(({ method }) => method))].toSorted();
  };
}

/** `{name}` stands for one segment. */
function fits(parts: readonly string[], asked: readonly string[]): boolean {
  return (
    parts.length === asked.length &&
    parts.every((part, at) => (part.startsWith('{') ? asked[at] !== '' : part === asked[at]))
  );
}
