const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Memory as `kubectl top` says it, in powers of 1024: `512 MiB`, `1.5 GiB`. */
export function memoryText(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1_023.5 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const digits = unit < 2 || value >= 99.5 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

/** Processor time in cores, down to a thousandth: `0.25`, `12`. */
export function coresText(cores: number): string {
  return String(Number(cores.toFixed(cores >= 10 ? 1 : 3)));
}

/** `1.25 of 4 (31 %)`. */
export function ofText(part: number, whole: number, text: (amount: number) => string): string {
  return whole > 0 ? `${text(part)} of ${text(whole)} (${String(Math.round((part / whole) * 100))} %)` : text(part);
}
