import type { Home } from '#contract/home.ts';

/** Homes whose workspace is gone, those that go next first; what has no end comes last. */
export function keptHomes(homes: Readonly<Record<string, Home>>): Home[] {
  const end = ({ retained_until }: Home): string => retained_until ?? '9';
  return Object.values(homes)
    .filter((home) => home.state !== 'used')
    .toSorted((a, b) => end(a).localeCompare(end(b)) || a.id.localeCompare(b.id));
}
