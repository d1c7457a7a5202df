import type { CheckReport, CheckState, DoctorReport } from '#contract/doctor.ts';
import type { IconName } from '../components/icons.tsx';
import { t } from '../words/language.ts';

/** How a state of a check looks. */
export const stateLooks: Readonly<Record<CheckState, { icon: IconName; ink: string }>> = {
  error: { icon: 'alert', ink: 'text-bad-ink' },
  warning: { icon: 'alert', ink: 'text-wait-ink' },
  ok: { icon: 'check', ink: 'text-good-ink' },
  skipped: { icon: 'lines', ink: 'text-muted' },
};

const urgency: readonly CheckState[] = ['error', 'warning', 'ok', 'skipped'];

/** What is wrong first; among equals in the order in which they are told. */
export function byUrgency(checks: readonly CheckReport[]): CheckReport[] {
  return checks.toSorted((one, other) => urgency.indexOf(one.state) - urgency.indexOf(other.state));
}

/** What all of it comes to, in one line. */
export function verdict({ checks }: Pick<DoctorReport, 'checks'>): string {
  const count = (state: CheckState): number => checks.filter((check) => check.state === state).length;
  const [wrong, warnings] = [count('error'), count('warning')];
  if (wrong + warnings === 0) return `${t().doctor.nothingWrong}.`;
  const parts = [
    ...(wrong === 0 ? [] : [t().doctor.wrong(wrong)]),
    ...(warnings === 0 ? [] : [t().doctor.better(warnings)]),
  ];
  return `${parts.join(', ')}.`;
}
