import { binaryAmount, roundedCores } from '#contract/binary-amount.ts';
import { t } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';

/** Memory as Kubernetes counts it, in powers of 1024: `512 MiB`, `1.5 GiB`. */
export function memoryWords(bytes: number): string {
  const { value, digits, unit } = binaryAmount(bytes);
  return `${numberWords(value, digits)} ${unit}`;
}

/** Processor time in cores, down to a thousandth: `0.25 cores`, `12.3 cores`. */
export function coreWords(cores: number): string {
  const rounded = roundedCores(cores);
  return t().capacity.cores(numberWords(rounded, String(rounded).split('.')[1]?.length ?? 0));
}
