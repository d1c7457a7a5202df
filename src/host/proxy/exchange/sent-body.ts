/** Forms and API calls are smaller; of what is larger nothing is kept. */
const mostKept = 64 * 1024;

/**
 * What has been read of a request's body while nothing has been answered, so that a request that turns out to have reached
 * nobody can be sent once more.
 */
export class SentBody {
  #chunks: Buffer[] | undefined = [];
  #bytes = 0;
  /** Whether any of it has been asked for: a client that waited for a "100 Continue" has had it. */
  begun = false;

  add(chunk: Buffer): void {
    if (this.#chunks === undefined) return;
    this.#bytes += chunk.length;
    if (this.#bytes > mostKept) this.forget();
    else this.#chunks.push(chunk);
  }

  /** All that has been read of it; undefined when it was too much to keep. */
  get chunks(): readonly Buffer[] | undefined {
    return this.#chunks;
  }

  /** It will not be needed any more. */
  forget(): void {
    this.#chunks = undefined;
  }
}
