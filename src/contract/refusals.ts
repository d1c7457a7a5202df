import { z } from 'zod';
import { cutTextOf, listOf, longest, textOf } from './bounded.ts';
import { actions } from './grant.ts';

/**
 * What can be refused to somebody: the six actions, and of `open` two parts that a grant of ports may leave out: the `page` that a
 * workspace is opened at, and a `terminal`. To `share` it is for its owner, and for who has `admin`.
 */
export const offeredThings = [...actions, 'page', 'terminal', 'share'] as const;
export type OfferedThing = (typeof offeredThings)[number];

/** What whoever asks may not do, and why. It is told so that nothing is offered in vain; each call is asked about all the same. */
export const refusalSchema = z.object({
  what: z.enum(offeredThings),
  /** The rule that decided, and the same in words. */
  rule: cutTextOf(longest.reason),
  reason: cutTextOf(longest.message),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** Absent where nothing is refused, as it always is for the local user. */
export const refusalsSchema = listOf(refusalSchema, offeredThings.length);

/** Who asks, as this host knows them, and what of all that it offers is not for them. */
export const callerSchema = z.object({
  /** `local:`, `user:` or `device:`, and a name: the owner of what they launch. */
  who: textOf(longest.name),
  /** The user of the computer that the host runs on, who may do everything. */
  local: z.boolean(),
  /** What the tailnet calls their device. */
  device: cutTextOf(longest.name).optional(),
  /** Of no workspace in particular: what is refused here is refused for each of them. */
  refused: refusalsSchema.optional(),
});
export type CallerFacts = z.infer<typeof callerSchema>;
