import type { Phase } from '#contract/workspace.ts';
import type { Asker } from '../asker.ts';

export interface WaitFacts {
  /** The workspace's phase, while it cannot be reached. */
  phase: Phase;
  asker: Asker;
  /** GuildNet stopped it because nobody used it; no person did. */
  stoppedAsIdle: boolean;
  /** The host's setting: requests may start workspaces. */
  mayWake: boolean;
  /** It has a body, part of which waits with it. */
  withBody: boolean;
  /** How many requests of its kind to this workspace, with a body or without, are held already. */
  held: number;
}

/** What to do with a request that cannot be served now; `ms`: for so long at most, then it is answered with the reason. */
export type WaitPlan = { do: 'answer' } | { do: 'hold'; ms: number } | { do: 'wake'; ms: number };

/** As long as it takes most workspaces to start, and less than clients' patience. */
export const longestHoldMs = 20_000;
/** Somebody looks at an empty tab meanwhile: what takes longer is better told by the page. */
const glanceMs = 3_000;
/** Each one costs a connection: as many as come in the seconds in which a pod is replaced. */
const mostHeld = 512;
/** Each one also costs what it has sent of its body so far, up to a megabyte. */
const mostHeldWithBody = 32;

/** How many requests may wait for one workspace at a time. */
export function mostHeldOf({ withBody }: Pick<WaitFacts, 'withBody'>): number {
  return withBody ? mostHeldWithBody : mostHeld;
}

/**
 * Decides whether a request waits for its workspace, and whether it starts it. Only what somebody does wakes: a navigation that a
 * person started, or the request of a program. What pages that were left open do by themselves must not, or a stopped workspace
 * would not stay so: polls, reloads, frames, and the WebSockets that an IDE's tab opens again and again (a program's may). A stop that a person asked for
 * is undone by a person alone, so that a script's next request does not.
 */
export function planWait({ phase, asker, stoppedAsIdle, mayWake, withBody, held }: WaitFacts): WaitPlan {
  // Who only asks whether it is there is told so; what a browser wants by itself is not worth a wait.
  if (asker === 'probe' || asker === 'upkeep' || held >= mostHeldOf({ withBody })) return { do: 'answer' };
  switch (phase) {
    case 'Stopped': {
      const wakes = asker === 'person' || (asker === 'program' && stoppedAsIdle);
      return mayWake && wakes ? { do: 'wake', ms: longestHoldMs } : { do: 'answer' };
    }
    case 'Pending':
    case 'Starting':
    case 'Running':
      return { do: 'hold', ms: asker === 'person' || asker === 'document' ? glanceMs : longestHoldMs };
    case 'Failed':
    case 'Terminating':
      return { do: 'answer' };
  }
}

/**
 * How long a request may wait in all for a cluster that does not answer now, in milliseconds: an API server is restarted, a line is cut, a laptop
 * changes its network. A page's own requests and its WebSockets wait unseen; in a tab that is being opened a page says soon what is the matter.
 */
export function awayMsOf(asker: Asker): number {
  switch (asker) {
    case 'probe':
    case 'upkeep':
      return 0;
    case 'person':
    case 'document':
      return glanceMs;
    case 'page':
    case 'program':
      return longestHoldMs;
  }
}

/** How long the next try waits while the cluster does not answer, in milliseconds: soon at first, and seldom when it takes long. */
export function restMsOf(tries: number): number {
  return Math.min(150 * 2 ** Math.min(tries, 3), 1_000);
}
