import { expect, test } from 'vitest';
import { headLength } from './client-frames.ts';
import { isHeartbeat } from './heartbeat.ts';

const vscode = (type: number, data = 0): Buffer => Buffer.from([type, 0, 0, 0, 0, 0, 0, 1, 44, 0, 0, 0, data]);

test.each<[string, string | Buffer]>([
  ['nothing', ''],
  ['engine.io ping', '2'],
  ['engine.io pong', '3'],
  ['engine.io probe', '2probe'],
  ['ping', 'ping'],
  ['SockJS', 'h'],
  ['STOMP', '\n'],
  ['Vite', '{"type":"ping"}'],
  ['GraphQL over WebSocket', '{"type":"ping","payload":{}}'],
  ['Home Assistant', '{"id":17,"type":"ping"}'],
  ['Phoenix', '[null,"12","phoenix","heartbeat",{}]'],
  ['Phoenix, older', '{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"31"}'],
  ['SignalR', '{"type":6}\u001e'],
  ['DDP', '{"msg":"pong"}'],
  ['VS Code keep-alive', vscode(9)],
  ['VS Code acknowledgement', vscode(3)],
  ['VS Code latency measurement', vscode(10)],
  ['RFB update request', Buffer.from([3, 1, 0, 0, 0, 0, 4, 0, 3, 0])],
  ['RFB fence', Buffer.from([0xf8, 0, 0, 0, 0, 0, 0, 1, 1, 1])],
  ['MQTT', Buffer.from([0xc0, 0])],
])('%s is a heartbeat', (_what, message) => {
  const bytes = Buffer.from(message);
  expect(isHeartbeat(bytes.length, bytes.subarray(0, headLength))).toBe(true);
});

test.each<[string, string | Buffer]>([
  ['a key', 'a'],
  ['ttyd input', '0l'],
  ['ttyd resize', '1{"columns":80,"rows":24}'],
  ['socket.io event', '42["chat","ping"]'],
  ['a message about pings', '{"type":"message","text":"ping"}'],
  ['Jupyter execute_request', '{"header":{"msg_type":"execute_request"},"channel":"shell"}'],
  ['VS Code message', Buffer.concat([vscode(1, 4), Buffer.from('data')])],
  ['VS Code keep-alive with a message behind it', Buffer.concat([vscode(9), vscode(1, 1), Buffer.from('d')])],
  ['RFB pointer', Buffer.from([5, 0, 0, 10, 0, 10])],
  ['RFB key', Buffer.from([4, 1, 0, 0, 0, 0, 0, 97])],
  ['RFB update request and a key', Buffer.from([3, 1, 0, 0, 0, 0, 4, 0, 3, 0, 4, 1, 0, 0, 0, 0, 0, 97])],
  ['a long message that begins like one', `{"type":"ping","payload":"${'x'.repeat(200)}"}`],
])('%s is none', (_what, message) => {
  const bytes = Buffer.from(message);
  expect(isHeartbeat(bytes.length, bytes.subarray(0, headLength))).toBe(false);
});
