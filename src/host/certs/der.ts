import { isIPv4 } from 'node:net';

/**
 * As much of DER (ITU-T X.690) as a certificate takes. Everything is a function from values to bytes; signing and keys
 * are node:crypto's.
 */
export type Der = Buffer;

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const bytes = size < 0x100 ? [size] : [size >> 8, size & 0xff];
  if (size > 0xffff) throw new RangeError('DER elements over 64 KiB are not needed here.');
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function element(tag: number, ...content: readonly Uint8Array[]): Der {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
}

export const sequence = (...items: readonly Der[]): Der => element(0x30, ...items);
export const setOf = (...items: readonly Der[]): Der => element(0x31, ...items);
export const boolean = (value: boolean): Der => element(0x01, Buffer.from([value ? 0xff : 0]));
export const octets = (bytes: Uint8Array): Der => element(0x04, bytes);
export const utf8 = (text: string): Der => element(0x0c, Buffer.from(text));
/** Context-specific constructed tag: `[n]` around other elements. */
export const tagged = (n: number, ...items: readonly Der[]): Der => element(0xa0 | n, ...items);
/** Context-specific primitive tag: `[n] IMPLICIT` bytes. */
export const implicit = (n: number, bytes: Uint8Array): Der => element(0x80 | n, bytes);
/** A bit string; `unused` counts the bits at its end that carry nothing. */
export const bits = (bytes: Uint8Array, unused = 0): Der => element(0x03, Buffer.from([unused]), bytes);

/** A non-negative integer, most significant byte first. */
export function integer(bytes: Uint8Array): Der {
  const padded = ((bytes[0] ?? 0) & 0x80) === 0 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
  return element(0x02, padded);
}

export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] => {
    const digits = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  };
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** UTCTime until 2049, GeneralizedTime from 2050 on, as RFC 5280 (4.1.2.5) wants. */
export function time(at: Date): Der {
  const text = `${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  return at.getUTCFullYear() < 2050 ? element(0x17, Buffer.from(text.slice(2))) : element(0x18, Buffer.from(text));
}

/** The 4 or 16 bytes of an IP address. */
export function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [left, right] = [groups(head), groups(tail)];
  const all = [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
