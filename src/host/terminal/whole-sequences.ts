const escape = 0x1b;
const bell = 0x07;
/** Longer ones are no orders to a terminal that anybody waits for: a picture, perhaps, or no order at all. */
const longest = 4 * 1024;

/**
 * How many bytes of an output, from its beginning, end where neither a character (UTF-8) nor an order to the terminal (ECMA-48) is in the
 * middle: what a terminal shows then can be written down and gone on from with the next byte.
 */
export function wholeLength(output: Buffer): number {
  const begins = output.lastIndexOf(escape);
  // What is before it may be a string that it would have ended.
  if (begins !== -1 && output.length - begins <= longest && !isWhole(output.subarray(begins)))
    return wholeLength(output.subarray(0, begins));
  return output.length - brokenTail(output);
}

/** Whether this, which begins with ESC and has no other in it, has come to its end. */
function isWhole(order: Buffer): boolean {
  const kind = order[1];
  if (kind === undefined) return false;
  // CSI: up to a final byte.
  if (kind === 0x5b) return order.subarray(2).some((byte) => byte >= 0x40 && byte <= 0x7e);
  // OSC, DCS, SOS, PM, APC: strings, up to a bell or `ESC \`, which is an order of its own here.
  if ([0x5d, 0x50, 0x58, 0x5e, 0x5f].includes(kind)) return order.includes(bell);
  // Intermediate bytes, such as of a character set, and a final byte.
  return order.subarray(1).some((byte) => byte >= 0x30);
}

/** Bytes at the end that are a character's beginning and not its end. */
function brokenTail(output: Buffer): number {
  for (let back = 1; back <= Math.min(3, output.length); back += 1) {
    const byte = output[output.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return wanted > back ? back : 0;
  }
  return 0;
}
