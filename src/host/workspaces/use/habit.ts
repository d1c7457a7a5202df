/** What is remembered of one kind of sign at one place. */
export interface Habit {
  /** How often it was seen, up to what counts. */
  times: number;
  lastAt: number;
  /** Milliseconds between the latest ones, at most `remembered`. */
  gaps: number[];
  /** Bytes of the last minute or so: what is older fades. */
  volume: number;
}

const remembered = 16;
const fewest = 8;
const fadeMs = 60_000;

export function newHabit(): Habit {
  return { times: 0, lastAt: 0, gaps: [], volume: 0 };
}

/** Another one, with so many bytes in it. */
export function seenAgain(habit: Habit, now: number, bytes: number): void {
  const gap = Math.max(0, now - habit.lastAt);
  if (habit.times > 0) {
    habit.gaps.push(gap);
    if (habit.gaps.length > remembered) habit.gaps.shift();
  }
  habit.volume = bytes + (habit.times === 0 ? 0 : habit.volume * Math.exp(-gap / fadeMs));
  habit.times += 1;
  habit.lastAt = now;
}

/**
 * Whether it comes like clockwork: no pause longer than twice the mean of the latest. Timers do, also two of the same period in
 * two tabs; people do not, for they pause. (Were they as random as can be, one in ten such looks would take them for a timer;
 * they come in bursts, which is further from it.)
 */
export function isSteady({ gaps }: Pick<Habit, 'gaps'>): boolean {
  if (gaps.length < fewest) return false;
  let longest = 0;
  let sum = 0;
  for (const gap of gaps) {
    sum += gap;
    if (gap > longest) longest = gap;
  }
  return longest <= (2 * sum) / gaps.length;
}

/** Whether there were enough of them to tell that they do not come like clockwork. */
export function isKnownUnsteady(habit: Pick<Habit, 'gaps'>): boolean {
  return habit.gaps.length >= fewest && !isSteady(habit);
}

/** Whether the latest `count` came within so many ms. */
export function hasBurst({ gaps }: Pick<Habit, 'gaps'>, count: number, withinMs: number): boolean {
  const latest = gaps.slice(1 - count);
  return latest.length === count - 1 && latest.reduce((sum, gap) => sum + gap, 0) <= withinMs;
}
