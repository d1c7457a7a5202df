/*
 * As much of the D-Bus wire format as two questions to the bus itself need (D-Bus specification, "Message Protocol"): calls
 * with at most one text, and answers that say yes or no.
 */

const littleEndian = 0x6c;
const version = 1;
const methodCall = 1;
const methodReturn = 2;
const errorReply = 3;
const field = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, signature: 8 } as const;
const fixedHead = 16;
/** The bus's answers have a few hundred bytes. */
const longestMessage = 65_536;

const bus = { name: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' } as const;

/** A call of a method of the bus itself. `serial` from 1. */
export function busCall(serial: number, member: string, argument?: string): Buffer {
  const fields = [
    text(field.path, 'o', bus.path),
    text(field.interface, 's', bus.name),
    text(field.member, 's', member),
    text(field.destination, 's', bus.name),
    ...(argument === undefined ? [] : [signature('s')]),
  ];
  // Each field begins at a multiple of eight; the last one is not filled up within the list's length.
  const list = fields.reduce((before, next) => Buffer.concat([filledTo(before, 8), next]), Buffer.alloc(0));
  const body = argument === undefined ? Buffer.alloc(0) : lengthAndText(argument);
  const head = Buffer.alloc(fixedHead);
  head.writeUInt8(littleEndian, 0);
  head.writeUInt8(methodCall, 1);
  head.writeUInt8(version, 3);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(list.length, 12);
  return Buffer.concat([filledTo(Buffer.concat([head, list]), 8), body]);
}

export interface BusAnswer {
  /** Which call it answers; undefined for what is no answer (the bus also tells things unasked). */
  to: number | undefined;
  isError: boolean;
  /** The first four bytes of its content as a number, which a boolean is. */
  first: number | undefined;
}

/** The first message of `bytes` and how long it is; undefined when it has not all come. Throws for what is no message of a bus. */
export function readBusMessage(bytes: Buffer): { answer: BusAnswer; length: number } | undefined {
  if (bytes.length < fixedHead) return undefined;
  const order = bytes.readUInt8(0);
  if (order !== littleEndian && order !== 0x42) throw new Error('It is no message of D-Bus.');
  const read = (at: number): number => (order === littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const fieldsEnd = fixedHead + read(12);
  const bodyStart = up(fieldsEnd, 8);
  const length = bodyStart + read(4);
  if (length > longestMessage) throw new Error('It is longer than any answer of the bus.');
  if (bytes.length < length) return undefined;
  const type = bytes.readUInt8(1);
  const isAnswer = type === methodReturn || type === errorReply;
  const first = read(4) >= 4 ? read(bodyStart) : undefined;
  return {
    answer: { to: isAnswer ? replySerial(bytes, fieldsEnd, read) : undefined, isError: type === errorReply, first },
    length,
  };
}

/** Goes from field to field; those of the header are texts and numbers only. */
function replySerial(bytes: Buffer, end: number, read: (at: number) => number): number | undefined {
  let at = fixedHead;
  while (at + 4 <= end) {
    at = up(at, 8);
    const code = bytes.readUInt8(at);
    const kind = String.fromCharCode(bytes.readUInt8(at + 2));
    if (kind === 'u') {
      const value = read(up(at + 4, 4));
      if (code === field.replySerial) return value;
      at = up(at + 4, 4) + 4;
    } else if (kind === 'g') {
      at += 4 + 1 + bytes.readUInt8(at + 4) + 1;
    } else if (kind === 's' || kind === 'o') {
      const start = up(at + 4, 4);
      at = start + 4 + read(start) + 1;
    } else {
      throw new Error('A field of its head is of a kind that no field has.');
    }
  }
  return undefined;
}

function text(code: number, kind: 's' | 'o', value: string): Buffer {
  return Buffer.concat([Buffer.from([code, 1, kind.charCodeAt(0), 0]), lengthAndText(value)]);
}

function signature(value: string): Buffer {
  return Buffer.concat([
    Buffer.from([field.signature, 1, 'g'.charCodeAt(0), 0, value.length]),
    Buffer.from(`${value}\0`),
  ]);
}

function lengthAndText(value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(`${value}\0`)]);
}

function filledTo(bytes: Buffer, step: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(up(bytes.length, step) - bytes.length)]);
}

function up(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
