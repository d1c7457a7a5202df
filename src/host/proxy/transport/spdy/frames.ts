/**
 * SPDY/3.1 as Kubernetes' port-forward speaks it (github.com/moby/spdystream, package spdy): control frames
 * `0x8003 | type 16 | flags 8 | length 24`, data frames `stream 31 | flags 8 | length 24`.
 */
const version = 0x80_03;
const types = { synStream: 1, synReply: 2, rstStream: 3, ping: 6, goAway: 7 } as const;
const flagFin = 1;
const headBytes = 8;
/** A data frame is held whole at the far end. */
export const maxData = 64 * 1024;
/** Status of RST_STREAM: the stream is not wanted any more. */
export const cancel = 5;

function controlHead(type: number, flags: number, length: number): Buffer {
  const head = Buffer.alloc(headBytes + length);
  head.writeUInt16BE(version, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt32BE(length, 4);
  head[4] = flags;
  return head;
}

/**
 * A block of names and values, "compressed" without being: zlib's header once a session, then a stored block and an empty one,
 * which makes the far end's inflater hand out what it has (RFC 1950, 2.2; RFC 1951, 3.2.4).
 */
function headerBlock(headers: readonly (readonly [name: string, value: string])[], isFirst: boolean): Buffer {
  const parts: Buffer[] = [];
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  parts.push(u32(headers.length));
  for (const text of headers.flat()) {
    const bytes = Buffer.from(text, 'latin1');
    parts.push(u32(bytes.length), bytes);
  }
  const block = Buffer.concat(parts);
  const stored = Buffer.alloc(5);
  stored.writeUInt16LE(block.length, 1);
  stored.writeUInt16LE(~block.length & 0xff_ff, 3);
  return Buffer.concat([Buffer.from(isFirst ? [0x78, 0x01] : []), stored, block, Buffer.from([0, 0, 0, 0xff, 0xff])]);
}

/** Opens a stream. `isFirst`: it is the session's first block of headers. */
export function synStream(id: number, headers: readonly (readonly [string, string])[], isFirst: boolean): Buffer {
  const block = headerBlock(headers, isFirst);
  const frame = controlHead(types.synStream, 0, 10 + block.length);
  frame.writeUInt32BE(id, headBytes);
  block.copy(frame, headBytes + 10);
  return frame;
}

/** The head of a data frame; the data follow it. `fin`: nothing comes after them. */
export function dataHead(id: number, length: number, fin: boolean): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(id, 0);
  head.writeUInt32BE(length, 4);
  head[4] = fin ? flagFin : 0;
  return head;
}

export function rstStream(id: number, status = cancel): Buffer {
  const frame = controlHead(types.rstStream, 0, 8);
  frame.writeUInt32BE(id, headBytes);
  frame.writeUInt32BE(status, headBytes + 4);
  return frame;
}

export function ping(id: number): Buffer {
  const frame = controlHead(types.ping, 0, 4);
  frame.writeUInt32BE(id, headBytes);
  return frame;
}

/** What comes from the far end. */
export interface FrameHandler {
  /** Bytes of a stream, as they arrive: a frame may come in pieces. `left`: so many bytes of it are still to come. */
  data(id: number, bytes: Buffer, left: number): void;
  /** The far end sends nothing more on the stream. */
  end(id: number): void;
  reset(id: number, status: number): void;
  ping(id: number): void;
  goAway(): void;
}

/** Control frames whose content counts, and how long it is. The rest is skipped: headers of replies are empty here. */
const contents: Readonly<Record<number, number>> = { [types.rstStream]: 8, [types.ping]: 4, [types.goAway]: 8 };

/** Reads frames from a byte stream, in whatever pieces it comes, and holds back no more than a head or a short control frame. */
export class FrameReader {
  readonly #handler: FrameHandler;
  /** Bytes of a head or of a control frame's content that are not complete yet. */
  #held = Buffer.alloc(0);
  #stream = 0;
  #control = 0;
  #flags = 0;
  /** Bytes left of the present frame; undefined between frames. */
  #left: number | undefined;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  /** Throws a RangeError on what is no frame of this protocol; the session is of no use after that. */
  read(chunk: Buffer): void {
    let rest = chunk;
    for (;;) {
      if (this.#left === undefined) {
        const head = this.#take(rest, headBytes);
        if (head === undefined) return;
        rest = head.rest;
        this.#begin(head.taken);
      }
      const after = this.#continue(rest);
      if (after === undefined) return;
      rest = after;
    }
  }

  #begin(head: Buffer): void {
    const first = head.readUInt32BE(0);
    this.#flags = head[4] ?? 0;
    this.#left = head.readUIntBE(5, 3);
    this.#stream = first >= 0x80_00_00_00 ? 0 : first;
    this.#control = this.#stream === 0 ? first & 0xff_ff : 0;
    if (this.#stream !== 0) return;
    if (first >>> 16 !== version) throw new RangeError('The far end does not speak SPDY/3.1.');
    const wanted = contents[this.#control];
    if (wanted !== undefined && wanted !== this.#left) throw new RangeError('A control frame has the wrong length.');
  }

  /** Goes on with the present frame; returns what is left after its end, or undefined when more is needed. */
  #continue(bytes: Buffer): Buffer | undefined {
    const left = this.#left ?? 0;
    if (this.#stream === 0 && contents[this.#control] !== undefined) {
      const content = this.#take(bytes, left);
      if (content === undefined) return undefined;
      this.#left = undefined;
      this.#tell(content.taken);
      return content.rest;
    }
    const part = bytes.subarray(0, left);
    this.#left = left - part.length;
    if (this.#stream !== 0 && part.length > 0) this.#handler.data(this.#stream, part, this.#left);
    if (this.#left > 0) return undefined;
    this.#left = undefined;
    if (this.#stream !== 0 && (this.#flags & flagFin) !== 0) this.#handler.end(this.#stream);
    return bytes.subarray(part.length);
  }

  #tell(content: Buffer): void {
    if (this.#control === types.goAway) this.#handler.goAway();
    else if (this.#control === types.ping) this.#handler.ping(content.readUInt32BE(0));
    else this.#handler.reset(content.readUInt32BE(0) & 0x7f_ff_ff_ff, content.readUInt32BE(4));
  }

  /** The next `wanted` bytes, or undefined while they have not all come. */
  #take(bytes: Buffer, wanted: number): { taken: Buffer; rest: Buffer } | undefined {
    const needed = wanted - this.#held.length;
    if (bytes.length < needed) {
      this.#held = Buffer.concat([this.#held, bytes]);
      return undefined;
    }
    const taken =
      this.#held.length === 0 ? bytes.subarray(0, wanted) : Buffer.concat([this.#held, bytes.subarray(0, needed)]);
    this.#held = Buffer.alloc(0);
    return { taken, rest: bytes.subarray(needed) };
  }
}
