import type { z } from 'zod';
import { longest, textOf } from './bounded.ts';

/** What a Workspace can be asked to be, as far as this version knows. The list may grow. */
export const runModes = ['Running', 'Stopped'] as const;
export type RunMode = (typeof runModes)[number];

/**
 * `spec.mode`. The API server takes only values that its CRD lists; who reads has to bear others, which a newer CRD let pass
 * (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#primitive-types,
 * on enumerations): so the list stands in the JSON Schema and not in the check.
 */
export const runModeSchema = textOf(longest.label)
  .min(1)
  .meta({ enum: [...runModes] });

interface RunWish {
  mode?: z.infer<typeof runModeSchema> | undefined;
  running?: boolean | undefined;
}

/**
 * What a Workspace is asked to be. `mode` decides where it is given; the older boolean counts where it is not, and a Workspace that
 * says nothing runs. `unknown`: a mode that this version does not know, of which nothing is to be concluded.
 */
export function wishOf({ mode, running }: RunWish): RunMode | 'unknown' {
  if (mode === undefined) return running === false ? 'Stopped' : 'Running';
  return runModes.find((known) => known === mode) ?? 'unknown';
}

/** Whether a Workspace is asked to be scaled to zero. */
export function isStopped(spec: RunWish): boolean {
  return wishOf(spec) === 'Stopped';
}

/**
 * What to write into a spec to have it run or stop. The boolean is written always, because hosts from before `mode` read and write
 * nothing else; `mode` only where somebody has given it, so that those hosts go on being able to stop what we started.
 */
export function asked(spec: RunWish | undefined, mode: RunMode): { running: boolean; mode?: RunMode } {
  return { running: mode === 'Running', ...(spec?.mode === undefined ? {} : { mode }) };
}
