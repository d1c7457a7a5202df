import type { PortScheme } from '#contract/port-scheme.ts';

/** What a workspace's program says to a request of ours. */
export type Answer =
  | { is: 'status'; status: number }
  /** Nothing listens on the pod's loopback, where tunnels come out. */
  | { is: 'refused' }
  /** It takes the connection and says nothing in time. */
  | { is: 'late' }
  /** It speaks the other one of HTTP and HTTPS. */
  | { is: 'other-scheme'; speaks: PortScheme }
  /** It speaks something else, or closes the connection. */
  | { is: 'foreign'; said: string }
  /** It could not be asked. `passing`: that may be another way in a moment. */
  | { is: 'unknown'; passing: boolean };

/**
 * Whether a program that answers so is up: whatever is below 500 is a page, a login or a refusal of its own. What cannot be asked
 * is believed to be, since its port is open.
 */
export function isLife(answer: Answer): boolean {
  return answer.is === 'unknown' || (answer.is === 'status' && answer.status < 500);
}
