import type { End } from '../access/handed-over.ts';
import { sameSecret } from '../access/same-secret.ts';

export type ProxyHeader =
  /** More bytes are needed. */
  | { kind: 'partial' }
  | { kind: 'wrong'; why: string }
  /** `length`: bytes of the header; what follows is the peer's own. */
  | { kind: 'read'; peer: End; own: End; length: number };

const signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');
/** Of the range that is free for everybody's own use. */
const secretType = 0xe0;
const longestHeader = 16 + 512;

/**
 * Reads a PROXY v2 header (haproxy.org's proxy-protocol.txt, section 2.2) that proves by our secret that the tailnet node has
 * sent it. Without that anybody on this computer could say to be anybody; whoever asks without a secret has to know it otherwise. Pure.
 */
export function readProxyHeader(bytes: Buffer, secret?: string): ProxyHeader {
  if (!signature.subarray(0, bytes.length).equals(bytes.subarray(0, signature.length)))
    return { kind: 'wrong', why: 'it does not begin with a PROXY header' };
  if (bytes.length < 16) return { kind: 'partial' };
  const length = 16 + bytes.readUInt16BE(14);
  if (length > longestHeader) return { kind: 'wrong', why: 'its PROXY header is too long' };
  if (bytes.length < length) return { kind: 'partial' };
  // Version 2, command PROXY; TCP over IPv4 or IPv6.
  const family = bytes[13];
  if (bytes[12] !== 0x21 || (family !== 0x11 && family !== 0x21))
    return { kind: 'wrong', why: 'its PROXY header is not of TCP' };
  const size = family === 0x11 ? 4 : 16;
  const ports = 16 + 2 * size;
  if (length < ports + 4) return { kind: 'wrong', why: 'its PROXY header is cut short' };
  if (secret !== undefined && !sameSecret(secretIn(bytes.subarray(ports + 4, length)) ?? '', secret))
    return { kind: 'wrong', why: 'it does not have the secret of the tailnet node' };
  return {
    kind: 'read',
    peer: { address: addressText(bytes.subarray(16, 16 + size)), port: bytes.readUInt16BE(ports) },
    own: { address: addressText(bytes.subarray(16 + size, ports)), port: bytes.readUInt16BE(ports + 2) },
    length,
  };
}

function secretIn(values: Buffer): string | undefined {
  for (let at = 0; at + 3 <= values.length; ) {
    const end = at + 3 + values.readUInt16BE(at + 1);
    if (end > values.length) return undefined;
    if (values[at] === secretType) return values.toString('latin1', at + 3, end);
    at = end;
  }
  return undefined;
}

function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(2 * group).toString(16));
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
