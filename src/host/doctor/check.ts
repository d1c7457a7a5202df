import type { Finding } from '#contract/doctor.ts';
import type { Patient } from './patient.ts';

/** One thing that a person might have wrong, and how it is found out. */
export interface Check {
  /** For programs: it stays the same from version to version. */
  id: string;
  title: string;
  /** Undefined where it applies, else why it does not. Asks nobody. */
  inapplicable?(patient: Patient): string | undefined;
  /** Looks, and changes nothing. May reject, and is given up when it takes too long: `signal` is aborted then. */
  check(patient: Patient, signal: AbortSignal): Promise<readonly Finding[]>;
}

export const ok = (message: string): Finding => ({ state: 'ok', message });
export const skipped = (message: string): Finding => ({ state: 'skipped', message });
export const warning = (message: string, remedy: string): Finding => ({ state: 'warning', message, remedy });
export const failed = (message: string, remedy: string): Finding => ({ state: 'error', message, remedy });
