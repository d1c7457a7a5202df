/** Whether what a process holds stays what it is. */
export interface Verdict {
  flat: boolean;
  /** Medians of the second and of the last quarter of all samples: the first is warm-up. */
  before: number;
  after: number;
}

/** So much more is noise: caches that fill, code that is compiled later. */
const tolerance = { share: 0.1, megabytes: 5 };

/** By samples of equal distance, in MB; throws when there are fewer than eight. */
export function verdictOf(samples: readonly number[]): Verdict {
  if (samples.length < 8) throw new RangeError('Fewer than eight samples tell nothing.');
  const quarter = Math.floor(samples.length / 4);
  const before = median(samples.slice(quarter, 2 * quarter));
  const after = median(samples.slice(-quarter));
  return { flat: after - before <= Math.max(before * tolerance.share, tolerance.megabytes), before, after };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
