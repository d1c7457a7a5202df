import type { AssetPlace, KeptEntry } from './kept-entry.ts';

export interface Bounds {
  /** Of all assets together. */
  bytes: number;
  entries: number;
  /** What one workspace may have of each, as a part of the whole: one that is hostile takes nobody else's place. */
  share: number;
}

export const defaultBounds: Bounds = { bytes: 256 * 1024 * 1024, entries: 4_096, share: 0.5 };

/** Of one address, by what selects them (a coding, a language). */
const mostVariants = 4;

function keyOf({ workspace, image, port, address }: AssetPlace): string {
  return JSON.stringify([workspace, image, port, address]);
}

function imageKeyOf({ image, port, address }: AssetPlace): string {
  return JSON.stringify([image, port, address]);
}

/** Which assets there are, in the order of their use, and within bounds. Pure: files are somebody else's. */
export class AssetIndex {
  readonly #bounds: Bounds;
  /** The last used is the last one. */
  readonly #entries = new Set<KeptEntry>();
  readonly #byPlace = new Map<string, KeptEntry[]>();
  readonly #byImage = new Map<string, Set<KeptEntry>>();
  readonly #byWorkspace = new Map<string, { bytes: number; entries: number }>();
  /** How many entries an image has. */
  readonly #images = new Map<string, number>();
  /** How many entries have the same bytes. */
  readonly #byHash = new Map<string, number>();
  #bytes = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get size(): { bytes: number; entries: number } {
    return { bytes: this.#bytes, entries: this.#entries.size };
  }

  /** Whether there is anything of this image: of most there is nothing, and no address is worth its hash. */
  holds(image: string): boolean {
    return this.#images.has(image);
  }

  /** Those of one address. */
  at(place: AssetPlace): readonly KeptEntry[] {
    return this.#byPlace.get(keyOf(place)) ?? [];
  }

  /** Those that other workspaces of the same image have had under the same address: what they are is theirs to say. */
  alike(place: AssetPlace): readonly KeptEntry[] {
    return [...(this.#byImage.get(imageKeyOf(place)) ?? [])].filter(({ workspace }) => workspace !== place.workspace);
  }

  hasBytes(hash: string): boolean {
    return this.#byHash.has(hash);
  }

  use(entry: KeptEntry): void {
    if (this.#entries.delete(entry)) this.#entries.add(entry);
  }

  /** Adds one in the place of what it replaces. Returns the entries that have to go for it; it is among them when it does not fit at all. */
  add(entry: KeptEntry): KeptEntry[] {
    const { bytes, entries, share } = this.#bounds;
    if (entry.size > bytes * share) return [entry];
    const same = (one: KeptEntry): boolean => JSON.stringify(one.selectedBy) === JSON.stringify(entry.selectedBy);
    const going = this.at(entry).filter(same);
    for (const one of going) this.remove(one);
    const variants = this.at(entry);
    if (variants.length >= mostVariants && variants[0] !== undefined) {
      going.push(variants[0]);
      this.remove(variants[0]);
    }
    this.#insert(entry);
    const own = (): { bytes: number; entries: number } =>
      this.#byWorkspace.get(entry.workspace) ?? { bytes: 0, entries: 0 };
    const isOverShare = (): boolean => own().bytes > bytes * share || own().entries > entries * share;
    for (const one of this.#entries) {
      const isOver = this.#bytes > bytes || this.#entries.size > entries;
      if (!isOver && !isOverShare()) break;
      if (one === entry || (isOverShare() && one.workspace !== entry.workspace)) continue;
      going.push(one);
      this.remove(one);
    }
    return going;
  }

  remove(entry: KeptEntry): void {
    if (!this.#entries.delete(entry)) return;
    this.#count(entry, -1);
    const key = keyOf(entry);
    const rest = this.at(entry).filter((one) => one !== entry);
    const images = this.#byImage.get(imageKeyOf(entry));
    if (images?.delete(entry) === true && images.size === 0) this.#byImage.delete(imageKeyOf(entry));
    if (rest.length === 0) this.#byPlace.delete(key);
    else this.#byPlace.set(key, rest);
  }

  #insert(entry: KeptEntry): void {
    this.#entries.add(entry);
    this.#count(entry, 1);
    this.#byPlace.set(keyOf(entry), [...this.at(entry), entry]);
    const images = this.#byImage.get(imageKeyOf(entry)) ?? new Set();
    this.#byImage.set(imageKeyOf(entry), images.add(entry));
  }

  #count({ workspace, image, hash, size }: KeptEntry, by: 1 | -1): void {
    this.#bytes += by * size;
    const ofImage = (this.#images.get(image) ?? 0) + by;
    if (ofImage === 0) this.#images.delete(image);
    else this.#images.set(image, ofImage);
    const own = this.#byWorkspace.get(workspace) ?? { bytes: 0, entries: 0 };
    const next = { bytes: own.bytes + by * size, entries: own.entries + by };
    if (next.entries === 0) this.#byWorkspace.delete(workspace);
    else this.#byWorkspace.set(workspace, next);
    const users = (this.#byHash.get(hash) ?? 0) + by;
    if (users === 0) this.#byHash.delete(hash);
    else this.#byHash.set(hash, users);
  }
}
