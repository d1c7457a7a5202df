/** Milliseconds since the launch was asked for, at each thing that happens to it, in order. */
export interface Moments {
  /** The request was answered: 202, or `kubectl apply` ended. */
  accepted: number;
  podCreated: number;
  scheduled: number;
  /** The container runs. */
  started: number;
  /** The kubelet says Ready. */
  ready: number;
  /** Whoever launched it knows: the host's watch says Running, or `kubectl wait` ended. */
  seen: number;
  /** The first 200 came through the proxy or the forwarded port. */
  firstByte: number;
}

/** The parts a launch's time is split into; they add up to the total. */
export const parts = [
  ['API', 'start', 'accepted'],
  ['pod created', 'accepted', 'podCreated'],
  ['scheduling', 'podCreated', 'scheduled'],
  ['container start', 'scheduled', 'started'],
  ['ready', 'started', 'ready'],
  ['readiness seen', 'ready', 'seen'],
  ['first byte', 'seen', 'firstByte'],
] as const satisfies readonly (readonly [string, keyof Moments | 'start', keyof Moments])[];

export type Split = Record<(typeof parts)[number][0] | 'total', number>;

/**
 * How long each part took. What was seen out of order (a watch may tell of the pod before the request is answered) counts
 * as nothing, and the parts after it are shorter by as much: the sum stays the total.
 */
export function split(moments: Moments): Split {
  let reached = 0;
  const durations = parts.map(([name, , end]) => {
    const duration = Math.max(0, moments[end] - reached);
    reached += duration;
    return [name, duration] as const;
  });
  return { ...Object.fromEntries(durations), total: moments.firstByte } as Split;
}

/** The middle value, the mean of the two middle ones for an even count; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** The median of each part over many launches. */
export function medians(splits: readonly Split[]): Split {
  const names = [...parts.map(([name]) => name), 'total'] as const;
  return Object.fromEntries(names.map((name) => [name, median(splits.map((one) => one[name]))])) as Split;
}

/** Both ways side by side: a line for each part, medians in milliseconds, and how many times the one is the other. */
export function comparison(guildnet: Split, kubectl: Split): string[][] {
  const names = [...parts.map(([name]) => name), 'total'] as const;
  const whole = (value: number): string => Math.round(value).toString();
  return [
    ['', 'guildnet', 'kubectl', 'ratio'],
    ...names.map((name) => [name, whole(guildnet[name]), whole(kubectl[name]), ratio(guildnet[name], kubectl[name])]),
  ];
}

/** A ratio of two durations; of two that are next to nothing it would say nothing. */
export function ratio(one: number, other: number): string {
  return other < 1 ? '' : (one / other).toFixed(2);
}
