import type { CheckReport, CheckState, DoctorReport } from '#contract/doctor.ts';
import type { IconName } from '../components/icons.tsx';

/** How a state of a check looks, and what it is called. */
export const stateLooks: Readonly<Record<CheckState, { word: string; icon: IconName; ink: string }>> = {
  error: { word: 'Wrong', icon: 'alert', ink: 'text-bad-ink' },
  warning: { word: 'Warning', icon: 'alert', ink: 'text-wait-ink' },
  ok: { word: 'Fine', icon: 'check', ink: 'text-good-ink' },
  skipped: { word: 'Skipped', icon: 'lines', ink: 'text-muted' },
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
  if (wrong + warnings === 0) return 'Nothing is wrong.';
  const parts = [
    ...(wrong === 0 ? [] : [`${String(wrong)} ${wrong === 1 ? 'thing is' : 'things are'} wrong`]),
    ...(warnings === 0 ? [] : [`${String(warnings)} could be better`]),
  ];
  return `${parts.join(', ')}.`;
}
