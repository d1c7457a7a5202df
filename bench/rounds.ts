import { formatTable } from '#cli/output/table.ts';
import type { ReportProgress } from '#contract/progress.ts';
import type { Contender } from './proxy/load.ts';
import { mediansOf, rowsOf } from './standings.ts';
import type { FiguresOf, Measures } from './standings.ts';

export interface Rounds {
  rounds: number;
  seconds: number;
}

/** Measures all of them in turn, round by round, so that what the machine does besides falls on each of them alike. */
export async function inRounds<Figures>(
  contenders: readonly Contender[],
  rounds: number,
  { report, measure }: { report: ReportProgress; measure: (contender: Contender) => Promise<Figures> },
): Promise<Map<string, Figures[]>> {
  const seen = new Map<string, Figures[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      report({
        step: 'Measuring',
        done: (round - 1) * contenders.length + index + 1,
        total: rounds * contenders.length,
        unit: 'rounds',
        detail: contender.name,
      });
      seen.get(contender.name)?.push(await measure(contender));
    }
  }
  return seen;
}

/** What they have measured, for standard output: a table of medians, or all of it as JSON. */
export function shownRounds<M extends Measures>(
  measures: M,
  seen: ReadonlyMap<string, FiguresOf<M>[]>,
  { rounds, seconds, json }: Rounds & { json: boolean },
): string {
  const contenders = [...seen].map(([name, each]) => ({ name, figures: mediansOf(measures, each), rounds: each }));
  if (json) return `${JSON.stringify({ rounds, seconds, contenders })}\n`;
  const head = `Medians of ${String(rounds)} rounds of ${String(seconds)} s; × is how guildnet stands beside it, above 1 is better.`;
  return `${head}\n${formatTable(rowsOf(measures, contenders))}\n`;
}
