import type { GuildNetError } from '#contract/errors.ts';
import type { Failure, Workspace } from '#contract/workspace.ts';
import type { OperatorKube } from '../kube/clients.ts';
import type { Log } from '../observability/log.ts';
import type { Contested, LetBe, Settlement } from './settlement.ts';

/** How it stands with one object that shall exist. */
export interface Ensured<T> extends LetBe {
  /** The object as it is now, when it is ours. */
  live?: T;
  /** Something that a person has to act on. */
  failure?: Failure;
  /** The write did not succeed; it has to be tried again with a back-off. */
  error?: GuildNetError;
  /** It had been changed by somebody else and was put right: the first field that differed. */
  corrected?: Contested;
}

export interface EnsureContext {
  kube: OperatorKube;
  workspace: Workspace;
  log: Log;
  signal: AbortSignal;
}

/** What keeps an object from being written although it is not as desired. */
export interface Reserve<T> {
  settlement: Settlement;
  /** Whether the live object is to be left as it is until the next start, unless others have changed it. */
  keeps?: (live: T) => boolean;
}
