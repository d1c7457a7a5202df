const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'm', seconds: 60 },
] as const;

/** How much time is left until an ISO 8601 date, in the largest fitting unit: `6d`, `3h`, `5m`, `12s`; `over` when none is. */
export function remaining(until: string, now: number): string {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  if (Number.isNaN(seconds)) return '-';
  if (seconds <= 0) return 'over';
  const unit = units.find((candidate) => seconds >= candidate.seconds);
  return unit === undefined ? `${seconds}s` : `${Math.floor(seconds / unit.seconds)}${unit.name}`;
}
