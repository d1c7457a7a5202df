import type { PodStanding } from '../proxy/waiting/pod-standing.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';

export interface FailureFacts {
  failure: Error;
  /** A connection to the pod was begun: bytes may have gone out. */
  begun: boolean;
  /** Nothing has come back, and all that the client has sent is still there. */
  repeatable: boolean;
  /** How the pod stands that it went to. */
  pod: PodStanding;
}

/**
 * What to do with a client whose way to the workspace has broken:
 * - `again`: it waits for the workspace like one that comes now
 * - `look`: whether the pod is going will be known in a moment
 * - `pause`: the way to the cluster is tried again in a moment
 * - `reset`: it is told so, by the end that programs take for a failure
 */
export type AfterFailure = 'again' | 'look' | 'pause' | 'reset';

/**
 * Decides about it. What is known to have reached no program may be sent again, whatever it is (record 20): the node says so of the
 * opening alone, and before anything was begun nothing had gone out. All else was perhaps acted on, and what a TCP connection has
 * carried cannot be carried a second time.
 */
export function afterFailure({ failure, begun, repeatable, pod }: FailureFacts): AfterFailure {
  if (!repeatable || !(failure instanceof TunnelError)) return 'reset';
  switch (failure.failure) {
    case 'refused':
    case 'gone':
      return pod === 'serving' ? 'look' : 'again';
    case 'offline':
    case 'lost':
    case 'severed':
    case 'unreachable':
      return begun ? 'reset' : 'pause';
    case 'denied':
    case 'unauthorized':
    case 'protocol':
    case 'no-http':
      return 'reset';
  }
}
