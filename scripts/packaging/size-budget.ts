import type { PackedFile } from './file-list.ts';

const mebibyte = 2 ** 20;

/** A part of a package, and how large it may be in MiB; what is in none of them is Electron's. In docs/guide/packages.md, too. */
export const budget = [
  { part: 'the app', path: /(?:^|\/)resources\/app\.asar$/i, most: 9 },
  { part: 'the command', path: /\/resources\/guildnet\/out\/cli\//i, most: 9 },
  { part: 'the UI for browsers', path: /\/resources\/guildnet\/out\/renderer\//i, most: 3 },
  { part: 'Node', path: /\/resources\/guildnet\/bin\/node(?:\.exe)?$/i, most: 130 },
  { part: 'the tailnet node', path: /\/resources\/guildnet\/bin\/tailnet-node(?:\.exe)?$/i, most: 30 },
  { part: 'the rest of the resources', path: /(?:^|\/)resources\//i, most: 6 },
  { part: 'Electron', path: /./, most: 330 },
] as const;

/** What one part takes, and may take, in MiB. */
export interface PartSize {
  part: string;
  size: number;
  most: number;
}

/** What the parts of a package take. Each file counts for the first part that it belongs to. Pure. */
export function sizesOf(files: readonly PackedFile[]): PartSize[] {
  const bytes = new Map<string, number>();
  for (const { path, size } of files) {
    const part = budget.find((one) => one.path.test(`/${path}`))?.part ?? 'Electron';
    bytes.set(part, (bytes.get(part) ?? 0) + size);
  }
  return budget.map(({ part, most }) => ({ part, size: (bytes.get(part) ?? 0) / mebibyte, most }));
}

/** Those that are larger than they may be, in words; empty when the package may be given to people. */
export function overBudget(sizes: readonly PartSize[]): string[] {
  return sizes
    .filter(({ size, most }) => size > most)
    .map(({ part, size, most }) => `${part} takes ${size.toFixed(1)} MiB, and ${String(most)} are allowed.`);
}
