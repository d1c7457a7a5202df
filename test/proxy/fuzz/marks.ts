/** A value that only the answer to this seed carries; with a check, so that a changed digit makes it nobody's. */
export function markOf(seed: number): string {
  return `${seed}-${(Math.imul(seed + 1, 0x9e37_79b1) >>> 0).toString(36)}`;
}

/** The seed whose mark this is, if it is one. */
export function seedOf(mark: string): number | undefined {
  const seed = Number(/^(\d+)-/.exec(mark)?.[1]);
  return Number.isInteger(seed) && markOf(seed) === mark ? seed : undefined;
}
