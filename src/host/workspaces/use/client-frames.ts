/** A message that a client sent on a WebSocket, as far as it is looked at. */
export interface ClientMessage {
  /** Bytes of payload in all its frames, as they are on the wire. */
  length: number;
  /** permessage-deflate (RFC 7692): the beginning cannot be read. */
  compressed: boolean;
  /** How it begins, unmasked; at most `headLength` bytes. Valid during the call only. */
  head: Uint8Array;
}

/** Enough to know a heartbeat by its words. */
export const headLength = 64;
/** What a chunk holds besides is followed, but not told: whoever sends so much at once has been noticed. */
const toldPerChunk = 16;
/** Two bytes, eight of length, four of mask (RFC 6455, 5.2). */
const longestHeader = 14;

/**
 * Follows the frames that a client sends (RFC 6455, 5.2) and tells its messages; control frames are left out, for browsers
 * answer pings without anybody there. Never throws and keeps 80 bytes, whatever comes: what is not in frames at all is told as
 * one message a chunk. A chunk within a long frame costs one subtraction.
 */
export class ClientFrames {
  readonly #tell: (message: ClientMessage) => void;
  readonly #header = Buffer.alloc(longestHeader);
  readonly #head = Buffer.alloc(headLength);
  #headerBytes = 0;
  /** Payload of the current frame that is still to come. */
  #left = 0;
  /** Where in the frame's mask the next byte is. */
  #maskAt = 0;
  #keepHead = false;
  #headBytes = 0;
  #isControl = false;
  #isLast = false;
  /** The message under way. */
  #length = 0;
  #compressed = false;
  #broken = false;
  #told = 0;

  constructor(tell: (message: ClientMessage) => void) {
    this.#tell = tell;
  }

  push(chunk: Uint8Array): void {
    if (this.#broken) {
      this.#tellBroken(chunk.length);
      return;
    }
    if (this.#left > chunk.length && !this.#keepHead) {
      this.#left -= chunk.length;
      return;
    }
    this.#told = 0;
    this.#follow(chunk);
  }

  #follow(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, chunk.length - at);
        if (this.#keepHead) this.#readHead(chunk, at, taken);
        this.#left -= taken;
        at += taken;
        if (this.#left === 0) this.#endFrame();
        continue;
      }
      this.#header[this.#headerBytes] = chunk[at] ?? 0;
      this.#headerBytes += 1;
      at += 1;
      if (this.#headerBytes < this.#headerSize()) continue;
      if (!this.#beginFrame()) {
        this.#broken = true;
        this.#tellBroken(chunk.length - at);
        return;
      }
      if (this.#left === 0) this.#endFrame();
    }
  }

  /** How long the header is, as far as its beginning tells. */
  #headerSize(): number {
    if (this.#headerBytes < 2) return 2;
    const length = (this.#header[1] ?? 0) & 0x7f;
    return 6 + (length === 126 ? 2 : length === 127 ? 8 : 0);
  }

  /** False when this is no frame of a client. */
  #beginFrame(): boolean {
    const first = this.#header[0] ?? 0;
    const second = this.#header[1] ?? 0;
    const opcode = first & 0x0f;
    const isMasked = (second & 0x80) !== 0;
    const isKnown = opcode <= 2 || (opcode >= 8 && opcode <= 10);
    if (!isMasked || !isKnown || (first & 0x30) !== 0) return false;
    const short = second & 0x7f;
    this.#left =
      short === 126
        ? this.#header.readUInt16BE(2)
        : short === 127
          ? this.#header.readUInt32BE(2) * 0x1_0000_0000 + this.#header.readUInt32BE(6)
          : short;
    this.#isControl = opcode >= 8;
    this.#isLast = (first & 0x80) !== 0;
    if (this.#isControl) return true;
    if (opcode !== 0) {
      this.#length = 0;
      this.#headBytes = 0;
      this.#compressed = (first & 0x40) !== 0;
    }
    this.#length += this.#left;
    this.#keepHead = opcode !== 0 && !this.#compressed && this.#told < toldPerChunk;
    this.#maskAt = 0;
    return true;
  }

  #readHead(chunk: Uint8Array, at: number, taken: number): void {
    const wanted = Math.min(taken, headLength - this.#headBytes);
    const mask = this.#headerSize() - 4;
    for (let index = 0; index < wanted; index += 1) {
      const key = this.#header[mask + (this.#maskAt & 3)] ?? 0;
      this.#head[this.#headBytes] = (chunk[at + index] ?? 0) ^ key;
      this.#headBytes += 1;
      this.#maskAt += 1;
    }
    if (this.#headBytes === headLength) this.#keepHead = false;
  }

  #endFrame(): void {
    this.#headerBytes = 0;
    this.#keepHead = false;
    if (this.#isControl || !this.#isLast || this.#told >= toldPerChunk) return;
    this.#told += 1;
    const head = this.#head.subarray(0, this.#headBytes);
    this.#tell({ length: this.#length, compressed: this.#compressed, head });
  }

  #tellBroken(length: number): void {
    if (length > 0) this.#tell({ length, compressed: false, head: new Uint8Array() });
  }
}
