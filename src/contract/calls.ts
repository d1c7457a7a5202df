import { isContractProcedure } from '@orpc/contract';
import type { AnyContractRouter } from '@orpc/contract';

/** One call of a contract: its name, and where REST has it. */
export interface Call {
  name: string;
  method: string;
  path: string;
}

/** All calls of a contract, as they stand in it. Throws for one that does not say its path: REST would serve it somewhere. */
export function callsOf(router: AnyContractRouter, name: readonly string[] = []): Call[] {
  if (!isContractProcedure(router))
    return Object.entries(router).flatMap(([part, child]) => callsOf(child, [...name, part]));
  const { method = 'POST', path } = router['~orpc'].route;
  if (path === undefined) throw new TypeError(`the call ${name.join('.')} has no path`);
  return [{ name: name.join('.'), method, path }];
}
