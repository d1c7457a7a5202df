import { binaryAmount, roundedCores } from '#contract/binary-amount.ts';

/** Memory as `kubectl top` says it, in powers of 1024: `512 MiB`, `1.5 GiB`. */
export function memoryText(bytes: number): string {
  const { value, digits, unit } = binaryAmount(bytes);
  return `${value.toFixed(digits)} ${unit}`;
}

/** Processor time in cores, down to a thousandth: `0.25`, `12`. */
export function coresText(cores: number): string {
  return String(roundedCores(cores));
}

/** `1.25 of 4 (31 %)`. */
export function ofText(part: number, whole: number, text: (amount: number) => string): string {
  return whole > 0 ? `${text(part)} of ${text(whole)} (${String(Math.round((part / whole) * 100))} %)` : text(part);
}
