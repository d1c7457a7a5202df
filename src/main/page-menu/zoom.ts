/** The steps that Chromium's own menu has. */
const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];
/** Chromium computes a factor from a level of its own and comes out a little beside a step. */
const beside = 0.005;

/** The next zoom factor in a direction from any factor, or 1 again. The ends stay where they are. */
export function zoomAfter(factor: number, direction: 'in' | 'out' | 'reset'): number {
  if (direction === 'reset' || !Number.isFinite(factor)) return 1;
  const next =
    direction === 'in'
      ? steps.find((step) => step > factor + beside)
      : steps.findLast((step) => step < factor - beside);
  return next ?? Math.min(5, Math.max(0.25, factor));
}

/** As a person reads it. */
export function zoomWords(factor: number): string {
  return `${String(Math.round(factor * 100))} %`;
}
