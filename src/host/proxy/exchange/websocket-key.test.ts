import { expect, test } from 'vitest';
import { webSocketAccept } from './websocket-accept.ts';
import { webSocketKey } from './websocket-key.ts';

test('the example of RFC 6455, 1.3', () => {
  expect(webSocketAccept('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('a client’s key goes on as it is; one is made where there is none, and none for other protocols', () => {
  expect(webSocketKey({ 'sec-websocket-key': 'x' }, 'WebSocket')).toEqual({ key: 'x', added: [] });
  const { key, added } = webSocketKey({}, 'websocket');
  expect(Buffer.from(key ?? '', 'base64')).toHaveLength(16);
  expect(added).toEqual(['Sec-WebSocket-Key', key]);
  expect(webSocketKey({}, 'tcp')).toEqual({ key: undefined, added: [] });
});
