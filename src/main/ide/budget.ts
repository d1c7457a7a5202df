/** A view that nobody looks at. */
export interface IdleView {
  id: string;
  bytes: number;
  /** When it was looked at last, on any clock. */
  usedAt: number;
  /** It plays sound, has windows of its own open, or has asked to be kept: it is counted, and stays. */
  isHeld: boolean;
}

const megabyte = 1_000_000;
/** The part of a machine's memory that views which nobody looks at may take all together, and its bounds in bytes. */
const usualShare = 8;
const least = 500 * megabyte;
const most = 2_000 * megabyte;

/** What `automatic` comes to on a machine with so many bytes of memory: an eighth of it, between 500 MB and 2 GB. */
export function automaticBudget(total: number): number {
  return Math.round(Math.min(most, Math.max(least, total / usualShare)));
}

/** The budget in bytes; what a person chooses is in MB. */
export function budgetBytes(chosen: number | 'automatic', total: number): number {
  return chosen === 'automatic' ? automaticBudget(total) : chosen * megabyte;
}

/** Which are let go so that the others fit the budget, those first that nobody has looked at for longest. Pure. */
export function toLetGo(views: readonly IdleView[], budget: number): string[] {
  let taken = views.reduce((sum, { bytes }) => sum + bytes, 0);
  const gone: string[] = [];
  for (const { id, bytes, isHeld } of views.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (taken <= budget) break;
    if (isHeld) continue;
    gone.push(id);
    taken -= bytes;
  }
  return gone;
}
