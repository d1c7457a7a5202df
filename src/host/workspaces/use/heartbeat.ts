/**
 * Whether a client's message is one that programs send without anybody there, told by its words. `head` is how it begins,
 * `length` how long it is as a whole. What is not known here is still found out by its steadiness, only later.
 */
export function isHeartbeat(length: number, head: Uint8Array): boolean {
  if (length === 0) return true;
  return length <= 128 && (isBinaryUpkeep(length, head) || isSpoken(head));
}

/** VS Code, remote protocol: type, id and acknowledged id, length of data; only 1 (Regular), 2 and 5 carry what was asked for. */
const vscodeHeader = 13;
const vscodeUpkeep = new Set([3, 7, 8, 9, 10, 11]);

function isBinaryUpkeep(length: number, head: Uint8Array): boolean {
  const first = head[0] ?? 0;
  // VS Code: acknowledgement, pause, resume, keep-alive, latency measurement: no data behind the header.
  if (length === vscodeHeader && vscodeUpkeep.has(first) && isZero(head, 9, 13)) return true;
  // RFB (RFC 6143, 7.5.3): the viewer asks for what has changed on the screen, as often as it gets something.
  if (length === 10 && first === 3 && (head[1] ?? 9) <= 1) return true;
  // RFB, ClientFence: the viewer hands back what the server marked its pictures with.
  if (first === 0xf8 && length === 9 + (head[8] ?? 0)) return true;
  // MQTT PINGREQ.
  return length === 2 && first === 0xc0 && head[1] === 0;
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) if (bytes[index] !== 0) return false;
  return true;
}

const spoken = [
  // engine.io (Socket.IO): ping and pong. ttyd: pause and resume of the output.
  /^[23](?:probe)?$/,
  /^(?:ping|pong|heartbeat|keep-?alive|hb|\n|\r\n|h)$/i,
  // Vite, GraphQL over WebSocket, Home Assistant, Action Cable and many more.
  /^\s*\{[^{}]*"(?:type|event|msg|op|action|method|command|kind)"\s*:\s*"(?:ping|pong|heartbeat|keep_?-?alive|ka)"/i,
  /^\s*\{\s*"(?:ping|pong|heartbeat)"/i,
  // Phoenix: `[null,"5","phoenix","heartbeat",{}]`, and as an object.
  /^\[[^\]]{0,24}"phoenix","heartbeat"/,
  /^\{"topic":"phoenix","event":"heartbeat"/,
  // SignalR.
  /^\{"type":6\}.?$/s,
];

function isSpoken(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  return spoken.some((pattern) => pattern.test(text));
}
