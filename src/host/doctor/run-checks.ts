import { doctorReportSchema, worstState } from '#contract/doctor.ts';
import type { CheckReport, DoctorReport, Finding } from '#contract/doctor.ts';
import { fromKubeError } from '../kube/errors.ts';
import { failed, skipped } from './check.ts';
import type { Check } from './check.ts';
import { NotReached } from './patient.ts';
import type { Patient } from './patient.ts';

/** All checks side by side, each for `limitMs` at most; in their order, whichever is done first. Never rejects for what a check does. */
export async function runChecks(checks: readonly Check[], patient: Patient, limitMs: number): Promise<DoctorReport> {
  const reports = await Promise.all(checks.map((check) => reportOf(check, patient, limitMs)));
  return doctorReportSchema.parse({ state: worstState(reports.map(({ state }) => state)), checks: reports });
}

async function reportOf(check: Check, patient: Patient, limitMs: number): Promise<CheckReport> {
  const findings = [...(await findingsOf(check, patient, limitMs))];
  const { id, title } = check;
  return { id, title, state: worstState(findings.map(({ state }) => state)), findings };
}

async function findingsOf(check: Check, patient: Patient, limitMs: number): Promise<readonly Finding[]> {
  const why = check.inapplicable?.(patient);
  if (why !== undefined) return [skipped(why)];
  const limit = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<readonly Finding[]>();
  const timer = setTimeout(() => {
    limit.abort();
    resolve([
      failed(
        `It was not known after ${String(limitMs / 1000)} s, and was given up.`,
        'Look whether the network or this computer is very slow, and try again.',
      ),
    ]);
  }, limitMs);
  try {
    return await Promise.race([check.check(patient, limit.signal).catch(toFindings), late]);
  } finally {
    clearTimeout(timer);
  }
}

function toFindings(error: unknown): readonly Finding[] {
  if (error instanceof NotReached) return [skipped(error.message)];
  const { message, remedy } = fromKubeError(error, 'the check');
  return [failed(message, remedy ?? 'Try again; if it stays so, the log of GuildNet may tell more.')];
}
