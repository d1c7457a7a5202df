import type { HostContext } from '../api/host-context.ts';

/** A call of the contract, before anything of it was looked at. */
export interface ContextCall {
  path: readonly string[];
  input: unknown;
  context: HostContext;
  signal: AbortSignal | undefined;
  lastEventId: string | undefined;
}

/**
 * The answer of the context that a call is about, where it names one (`id@label`, or `context` of a launch); undefined where it names none and is
 * answered here. The cluster's own guard lets it in, by the policies there. Throws `not_found`.
 */
export type Elsewhere = (call: ContextCall) => Promise<unknown> | undefined;
