import { expect, test } from 'vitest';
import { readProxyHeader } from './proxy-header.ts';

const secret = 'a secret of the node';
const v4 = Buffer.from('64400002644000011f9001bb', 'hex');
const v6 = Buffer.from('fd7a115ca1e000000000000000000002fd7a115ca1e0000000000000000000011f9001bb', 'hex');

function tlv(type: number, value: string): Buffer {
  const head = Buffer.from([type, 0, 0]);
  head.writeUInt16BE(value.length, 1);
  return Buffer.concat([head, Buffer.from(value)]);
}

function header(addresses: Buffer, values: readonly Buffer[], { version = 0x21, family = 0x11 } = {}): Buffer {
  const body = Buffer.concat([addresses, ...values]);
  const head = Buffer.from('0d0a0d0a000d0a515549540a00000000', 'hex');
  head[12] = version;
  head[13] = family;
  head.writeUInt16BE(body.length, 14);
  return Buffer.concat([head, body]);
}

const good = header(v4, [tlv(0x03, 'crc!'), tlv(0xe0, secret)]);

test('both ends are read, and what follows is left', () => {
  expect(readProxyHeader(Buffer.concat([good, Buffer.from('GET /')]), secret)).toEqual({
    kind: 'read',
    peer: { address: '100.64.0.2', port: 8080 },
    own: { address: '100.64.0.1', port: 443 },
    length: good.length,
  });
});

test('so is IPv6, as everybody else writes it', () => {
  expect(readProxyHeader(header(v6, [tlv(0xe0, secret)], { family: 0x21 }), secret)).toMatchObject({
    peer: { address: 'fd7a:115c:a1e0::2', port: 8080 },
    own: { address: 'fd7a:115c:a1e0::1', port: 443 },
  });
});

test('any beginning of it is not yet enough', () => {
  for (let length = 0; length < good.length; length += 1)
    expect(readProxyHeader(good.subarray(0, length), secret)).toEqual({ kind: 'partial' });
});

test.each([
  ['none', Buffer.from('GET / HTTP/1.1\r\n')],
  ['version 1', Buffer.from('PROXY TCP4 100.64.0.2 100.64.0.1 8080 443\r\n')],
  ['no secret', header(v4, [])],
  ['another secret', header(v4, [tlv(0xe0, 'a secret of the nodf')])],
  ['the secret under another type', header(v4, [tlv(0xe1, secret)])],
  ['a secret that ends beyond the header', header(v4, [tlv(0xe0, secret).subarray(0, -1)])],
  ['the command LOCAL', header(v4, [tlv(0xe0, secret)], { version: 0x20 })],
  ['UDP', header(v4, [tlv(0xe0, secret)], { family: 0x12 })],
  ['addresses cut short', header(v4.subarray(0, 8), [])],
  ['a length beyond all need', header(v4, [tlv(0xe0, 'x'.repeat(600))])],
])('%s proves nothing', (_, bytes) => {
  expect(readProxyHeader(bytes, secret)).toMatchObject({ kind: 'wrong' });
});
