import type { Progress } from '#contract/progress.ts';

const byteUnits = ['B', 'kB', 'MB', 'GB'] as const;

/** How far a piece of work is: `3 of 9 packages`, `120 MB of 870 MB`, `12 files`; undefined when nobody counted. */
export function amountOf(progress: Progress): string | undefined {
  const { done, total, unit } = progress;
  if (done === undefined) return undefined;
  if (unit === 'bytes') return total === undefined ? bytes(done) : `${bytes(done)} of ${bytes(total)}`;
  if (unit === '%') return `${Math.round(done)} %`;
  const suffix = unit === undefined ? '' : ` ${unit}`;
  return total === undefined ? `${done}${suffix}` : `${done} of ${total}${suffix}`;
}

function bytes(count: number): string {
  const step = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(count, 1)) / 3)));
  const value = count / 1000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${byteUnits[step] ?? 'B'}`;
}
