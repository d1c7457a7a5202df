import { z } from 'zod';
import { cutTextOf, listOf, longest, most, textOf } from './bounded.ts';

/** From good to bad. `skipped`: it does not apply here, or cannot be known; the message says why. */
export const checkStates = ['ok', 'skipped', 'warning', 'error'] as const;
const stateSchema = z.enum(checkStates);
export type CheckState = z.infer<typeof stateSchema>;

/** One thing that a check found: what is so and why, and what to do about it. */
export const findingSchema = z.object({
  state: stateSchema,
  message: cutTextOf(longest.message),
  remedy: cutTextOf(longest.message).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export const checkReportSchema = z.object({
  /** For programs: it stays the same from version to version. */
  id: textOf(longest.label),
  title: textOf(longest.reason),
  /** The worst of its findings. */
  state: stateSchema,
  findings: listOf(findingSchema, most.entries),
});
export type CheckReport = z.infer<typeof checkReportSchema>;

/** What `guildnet doctor` tells: every check, and the worst of their states. */
export const doctorReportSchema = z.object({ state: stateSchema, checks: listOf(checkReportSchema, most.entries) });
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** The worst of these states; `ok` where there are none. */
export function worstState(states: readonly CheckState[]): CheckState {
  return checkStates.findLast((state) => states.includes(state)) ?? 'ok';
}
