import type { Announced } from './announcement.ts';

/** Which announcements are renewed, by the clock of whoever looks: other hosts' clocks may say anything. */
export interface Liveness {
  /** Those that were renewed within `lifetimeMs`, as seen from here. What is seen for the first time counts as renewed then. */
  alive(announced: readonly Announced[], now: number): Announced[];
  /** Those that nobody has renewed for `staleMs`. */
  stale(announced: readonly Announced[], now: number): Announced[];
}

export function createLiveness({ lifetimeMs, staleMs }: { lifetimeMs: number; staleMs: number }): Liveness {
  let seen = new Map<string, { version: string; at: number }>();

  function look(announced: readonly Announced[], now: number): (one: Announced) => number {
    const next = new Map<string, { version: string; at: number }>();
    for (const { metadata } of announced) {
      const before = seen.get(metadata.name);
      next.set(
        metadata.name,
        before?.version === metadata.resourceVersion ? before : { version: metadata.resourceVersion, at: now },
      );
    }
    seen = next;
    return ({ metadata }) => now - (next.get(metadata.name)?.at ?? now);
  }

  return {
    alive(announced, now) {
      const ageOf = look(announced, now);
      return announced.filter((one) => ageOf(one) < lifetimeMs);
    },
    stale(announced, now) {
      const ageOf = look(announced, now);
      return announced.filter((one) => ageOf(one) >= staleMs);
    },
  };
}
