import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Memory as Kubernetes counts it, in powers of 1024: `512 MiB`, `1.5 GiB`. */
export function memoryWords(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1_023.5 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const digits = unit < 2 || value >= 99.5 || Number.isInteger(value) ? 0 : 1;
  return `${numberWords(value, digits)} ${units[unit] ?? ''}`;
}

/** Processor time in cores, down to a thousandth: `0.25 cores`, `12.3 cores`. */
export function coreWords(cores: number): string {
  const rounded = Number(cores.toFixed(cores >= 10 ? 1 : 3));
  return t().capacity.cores(numberWords(rounded, String(rounded).split('.')[1]?.length ?? 0));
}
