import { GuildNetError } from '#contract/errors.ts';

/** How many exchanges each workspace has going, so that one of them cannot use up the host's sockets and memory. */
export class Crowd {
  readonly #most: number;
  readonly #present = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Lets one more in; returns what lets it out again, once. Throws `overloaded` when there are too many already. */
  enter(id: string): () => void {
    const present = this.#present.get(id) ?? 0;
    if (present >= this.#most) {
      throw new GuildNetError(
        'overloaded',
        `The workspace ${id} has ${String(present)} requests and connections under way, which is the most at a time.`,
        { remedy: 'Close pages of it that are not needed, and try again.', details: { id } },
      );
    }
    this.#present.set(id, present + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      const left = (this.#present.get(id) ?? 1) - 1;
      if (left === 0) this.#present.delete(id);
      else this.#present.set(id, left);
    };
  }
}
