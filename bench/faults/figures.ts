import type { FaultOutcome } from '#test/faults/fault-outcome.ts';

/** The value below which this share of all lies (nearest rank); 0 of none. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? 0;
}

function rowOf(name: string, outcomes: readonly FaultOutcome[]): string[] {
  const times = outcomes.map(({ recoveryMs }) => recoveryMs);
  const sum = (field: 'lost' | 'renewed' | 'refused'): number =>
    outcomes.reduce((total, outcome) => total + outcome[field], 0);
  const figures = [outcomes.length, sum('lost'), sum('renewed'), sum('refused')];
  return [name, ...[...figures, percentile(times, 0.5), percentile(times, 0.95), Math.max(0, ...times)].map(String)];
}

/** A table of what each kind of fault cost, and all of them together; times in milliseconds. */
export function faultRows(outcomes: readonly FaultOutcome[]): string[][] {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
  return [
    ['fault', 'times', 'lost', 'ended', 'refused', 'p50 ms', 'p95 ms', 'most ms'],
    ...kinds.map((kind) =>
      rowOf(
        kind,
        outcomes.filter((outcome) => outcome.kind === kind),
      ),
    ),
    rowOf('all', outcomes),
  ];
}

/** Whether nothing was lost, and no terminal ended but those of a pod that was replaced. */
export function isUnbroken(outcomes: readonly FaultOutcome[], terminals: number): boolean {
  return outcomes.every(({ kind, lost, renewed }) => lost === 0 && renewed === (kind === 'replaced' ? terminals : 0));
}
