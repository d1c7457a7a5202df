const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes as Kubernetes counts them, in powers of 1024: the amount in its largest fitting unit, and how many digits behind the point say enough. */
export function binaryAmount(bytes: number): { value: number; digits: 0 | 1; unit: string } {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1_023.5 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const digits = unit < 2 || value >= 99.5 || Number.isInteger(value) ? 0 : 1;
  return { value, digits, unit: units[unit] ?? '' };
}

/** Processor time in cores, down to a thousandth: more says nothing. */
export function roundedCores(cores: number): number {
  return Number(cores.toFixed(cores >= 10 ? 1 : 3));
}
