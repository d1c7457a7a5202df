import { numberWords } from '../words/numbers.ts';
import { t } from '../words/language.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes as file browsers say them: `980 B`, `1.2 MB`. */
export function sizeWords(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1;
  return `${numberWords(value, digits)} ${units[unit] ?? ''}`;
}

/** How far a download is, in words: `1.2 of 4 MB`, or what came when nobody knows how much there is. */
export function progressWords({ received, total }: { received: number; total: number }): string {
  return total > 0 ? t().downloads.progress(sizeWords(received), sizeWords(total)) : sizeWords(received);
}
