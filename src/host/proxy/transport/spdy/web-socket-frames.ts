import { randomBytes } from 'node:crypto';

/**
 * WebSocket frames (RFC 6455, section 5) as far as a byte stream in binary messages needs them: where messages begin and end means nothing
 * here, so nothing of them is ever held back. (`ws` puts each message together before it hands it out, and refuses the subprotocol.)
 */
export const opcodes = { continuation: 0, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const fin = 0x80;
const maskBit = 0x80;
const maskBytes = 4;
const short = 125;
const sixteen = 126;
const sixtyFour = 127;
/** Random bytes are fetched for so many frames at once. */
const keysAtOnce = 1024;

let keys = Buffer.alloc(0);

/** A client's masks are not to be foreseen (RFC 6455, 10.3). */
function nextMask(): number {
  if (keys.length < maskBytes) keys = randomBytes(maskBytes * keysAtOnce);
  const mask = keys.readUInt32LE(0);
  keys = keys.subarray(maskBytes);
  return mask;
}

/** A client's frame with these parts one after the other: they are copied once, masked on the way. */
export function clientFrame(opcode: number, parts: readonly Buffer[], mask = nextMask()): Buffer {
  const length = parts.reduce((sum, { length: size }) => sum + size, 0);
  const extended = length <= short ? 0 : length <= 0xff_ff ? 2 : 8;
  const headBytes = 2 + extended + maskBytes;
  // The payload begins at a multiple of four, so that whole words of it can be masked.
  const lead = (4 - (headBytes % 4)) % 4;
  const words = Math.ceil(length / 4);
  const memory = new Int32Array((lead + headBytes) / 4 + words);
  const whole = Buffer.from(memory.buffer);
  const frame = whole.subarray(lead, lead + headBytes + length);
  frame[0] = fin | opcode;
  frame[1] = maskBit | (extended === 0 ? length : extended === 2 ? sixteen : sixtyFour);
  if (extended === 2) frame.writeUInt16BE(length, 2);
  else if (extended === 8) {
    frame.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
    frame.writeUInt32BE(length % 2 ** 32, 6);
  }
  frame.writeUInt32LE(mask, 2 + extended);
  let at = headBytes;
  for (const part of parts) at += part.copy(frame, at);
  // Byte i is masked with byte i mod 4 of the key: word by word that is the key itself, in either order of bytes, since both are in memory alike.
  const first = (lead + headBytes) / 4;
  const key = new Int32Array(1);
  Buffer.from(key.buffer).writeUInt32LE(mask, 0);
  const word = key[0] ?? 0;
  for (let index = first; index < memory.length; index += 1) memory[index] = (memory[index] ?? 0) ^ word;
  return frame;
}

/** What comes from the server. */
export interface WebSocketHandler {
  /** Bytes of a message, as they arrive. */
  data(bytes: Buffer): void;
  ping(payload: Buffer): void;
  /** The status code of its close frame; 1005 where it has none. */
  close(code: number): void;
}

const mostHead = 10;

/** Reads a server's frames from a byte stream, in whatever pieces it comes. */
export class WebSocketReader {
  readonly #handler: WebSocketHandler;
  #held = Buffer.alloc(0);
  /** Bytes left of the present data frame's payload. */
  #left = 0;
  /** The present message has more frames to come. */
  #unfinished = false;

  constructor(handler: WebSocketHandler) {
    this.#handler = handler;
  }

  /** Throws a RangeError on what no server says here; the connection is of no use after that. */
  read(chunk: Buffer): void {
    let rest = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    for (;;) {
      if (this.#left > 0) {
        const part = rest.subarray(0, this.#left);
        this.#left -= part.length;
        rest = rest.subarray(part.length);
        if (part.length > 0) this.#handler.data(part);
      }
      const used = this.#left > 0 ? undefined : this.#frame(rest);
      if (used === undefined) break;
      rest = rest.subarray(used);
    }
    // At most a head, or a control frame: those have 125 bytes at most.
    this.#held = rest.length === 0 ? this.#held : Buffer.from(rest);
  }

  /** Begins a data frame, or takes a whole control frame. Returns how many bytes that were; undefined while too few are there. */
  #frame(bytes: Buffer): number | undefined {
    const [first, second] = bytes;
    if (first === undefined || second === undefined) return undefined;
    if ((first & 0x70) !== 0 || (second & maskBit) !== 0) throw new RangeError('The far end does not speak WebSocket.');
    const opcode = first & 0x0f;
    const size = second & 0x7f;
    const head = size === sixteen ? 4 : size === sixtyFour ? mostHead : 2;
    if (opcode >= opcodes.close) return this.#control(first, size, bytes);
    const begins = opcode === opcodes.binary;
    if ((!begins && opcode !== opcodes.continuation) || begins === this.#unfinished)
      throw new RangeError('A WebSocket frame came where it does not belong.');
    if (bytes.length < head) return undefined;
    const length =
      size === sixteen
        ? bytes.readUInt16BE(2)
        : size === sixtyFour
          ? bytes.readUInt32BE(2) * 2 ** 32 + bytes.readUInt32BE(6)
          : size;
    if (!Number.isSafeInteger(length)) throw new RangeError('A WebSocket frame is too long.');
    this.#unfinished = (first & fin) === 0;
    this.#left = length;
    return head;
  }

  #control(first: number, size: number, bytes: Buffer): number | undefined {
    if ((first & fin) === 0 || size > short) throw new RangeError('A WebSocket control frame is malformed.');
    const whole = 2 + size;
    if (bytes.length < whole) return undefined;
    const payload = bytes.subarray(2, whole);
    const opcode = first & 0x0f;
    if (opcode === opcodes.ping) this.#handler.ping(payload);
    else if (opcode === opcodes.close) this.#handler.close(payload.length >= 2 ? payload.readUInt16BE(0) : 1005);
    else if (opcode !== opcodes.pong) throw new RangeError('A WebSocket control frame is unknown.');
    return whole;
  }
}
