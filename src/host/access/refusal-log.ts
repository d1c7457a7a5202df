import type { GuildNetError } from '#contract/errors.ts';
import type { Log } from '../observability/log.ts';
import { createAllowance } from './allowance.ts';
import type { RequestFacts } from './request-facts.ts';

/** Whoever is refused can ask again at once: so many lines in a burst, then one a second, which counts the rest. */
const burst = 20;
const refillMs = 1_000;
const longest = 200;

export interface Refused {
  requestId: string;
  /** Without its query, which may carry a token. */
  path: string;
  facts: RequestFacts;
  error: GuildNetError;
}

/** Writes a line for each request that the policy refused, bounded in size and number. `now` in milliseconds. */
export function createRefusalLog(log: Log, now: () => number = () => performance.now()): (refused: Refused) => void {
  const allowance = createAllowance(burst, refillMs, now);
  let unsaid = 0;
  return ({ requestId, path, facts, error }) => {
    if (!allowance.take()) {
      unsaid += 1;
      return;
    }
    const { method, host, origin, fetchSite, fetchMode, fetchDest, upgrade } = facts;
    const said = { method, host: host.authority, path, origin, fetchSite, fetchMode, fetchDest };
    const bounded = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, value?.slice(0, longest)]));
    log.info(
      { requestId, ...bounded, upgrade, code: error.code, reason: error.message, ...(unsaid === 0 ? {} : { unsaid }) },
      'A request was refused',
    );
    unsaid = 0;
  };
}
