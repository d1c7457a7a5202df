import { TunnelError } from '../transport/tunnel-error.ts';
import type { TunnelFailure } from '../transport/tunnel-error.ts';
import type { PodStanding } from './pod-standing.ts';

/**
 * How far a request got that nothing was answered to:
 * - `nowhere`: no connection to the program was opened, so nothing of it was acted on
 * - `cut`: the connection ended before an answer began; what the program did is not known
 * - `severed`: the same, and it was the line to the cluster that broke, not the program
 * - `away`: nowhere, since the cluster does not answer now
 * - `elsewhere`: what broke has nothing to do with the pod's coming and going
 */
export type Got = 'nowhere' | 'cut' | 'severed' | 'away' | 'elsewhere';

/** A connection's end as Node's HTTP client tells it: `HPE_INVALID_EOF_STATE` is an end in the middle of the answer's head. */
const cuts: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_EOF_STATE',
]);

const gotBy: Partial<Record<TunnelFailure, Got>> = {
  refused: 'nowhere',
  gone: 'nowhere',
  lost: 'cut',
  severed: 'severed',
  offline: 'away',
};

export function howFarItGot(error: Error): Got {
  if (error instanceof TunnelError) {
    return gotBy[error.failure] ?? 'elsewhere';
  }
  return cuts.has((error as NodeJS.ErrnoException).code ?? '') ? 'cut' : 'elsewhere';
}

export interface BrokenFacts {
  got: Got;
  /** It asks for nothing to happen and has no body (RFC 9110, 9.2.2). */
  repeatable: boolean;
  /** All that has been read of its body is still there. */
  bodyKept: boolean;
  pod: PodStanding;
}

/**
 * What to do with a request that broke before its answer began:
 * - `again`: it waits for the workspace like one that comes now, and is sent a second time
 * - `rest`: it is sent a second time after a pause, and again after each one, while the cluster does not answer
 * - `look`: whether the pod is going will be known in a moment
 * - `tell`: that its pod went away, since it may have been acted on or cannot be had again
 * - `answer`: with what broke
 */
export type SecondTry = 'again' | 'rest' | 'look' | 'tell' | 'answer';

/**
 * Decides about it. What reached nobody may be sent again, whatever it is. What was cut is sent again when it asks for nothing to happen,
 * and only when its pod itself is going: of a program that ends because of a request, the container is started again in the same
 * pod, and must not get the same request. A line to the cluster that broke is no program's doing.
 */
export function secondTry({ got, repeatable, bodyKept, pod }: BrokenFacts): SecondTry {
  if (got === 'elsewhere') return 'answer';
  if (got === 'away') return repeatable || bodyKept ? 'rest' : 'answer';
  if (got === 'severed' && repeatable) return 'again';
  if (got === 'nowhere') {
    if (pod === 'serving') return 'look';
    return repeatable || bodyKept ? 'again' : 'tell';
  }
  if (pod !== 'leaving') return 'look';
  return repeatable ? 'again' : 'tell';
}
