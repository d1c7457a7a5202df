const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'm', seconds: 60 },
] as const;

/** How long ago an ISO 8601 date was, in the largest fitting unit: `12s`, `5m`, `3h`, `2d`; `-` when it is unknown. */
export function age(since: string | undefined, now: number): string {
  const then = since === undefined ? Number.NaN : Date.parse(since);
  if (Number.isNaN(then)) return '-';
  const seconds = Math.max(0, Math.floor((now - then) / 1000));
  const unit = units.find((candidate) => seconds >= candidate.seconds);
  return unit === undefined ? `${seconds}s` : `${Math.floor(seconds / unit.seconds)}${unit.name}`;
}
