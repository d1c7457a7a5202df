const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** Sticky: each part is looked for where the one before ended and nowhere else, so no text takes longer than its length. */
const part = /([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/gy;

/** No schema lets a longer one pass; of a text of a megabyte it need not be asked. */
const longestRead = 4_096;

/**
 * A duration as Kubernetes and Go write them, in milliseconds: `90s`, `1h30m`, `0.5h`, `0s`. Undefined when `text` is none:
 * days have no unit, a number without a unit is none, and nothing is negative.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '' || text.length > longestRead) return undefined;
  let total = 0;
  let end = 0;
  for (const [whole, amount, unit] of text.matchAll(part)) {
    total += Number(amount) * (units[unit ?? ''] ?? 0);
    end += whole.length;
  }
  return end === text.length ? total : undefined;
}
