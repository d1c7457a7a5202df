/**
 * For a workspace with Node: a "terminal" that prints numbers without end and takes numbers in, with a reconnection protocol of the kind that VS Code
 * has. A WebSocket at `/numbers?token=<t>&from=<n>` is greeted by `{"next":<m>}`, the number that it expects from the client, and then
 * gets all numbers from n on, each with the time at which it was made. A token is known as long as the program lives; with
 * `reconnection=true`, one that it does not know is told `{"gone":true}`. `begun` in a greeting: how often the program has been
 * started in this home. Without packages: Node's own, and frames made by hand (RFC 6455).
 */
export const numbersProgram = String.raw`
const { createHash } = require('crypto');
const fs = require('fs');
const kept = process.env.HOME + '/begun';
fs.appendFileSync(kept, 'x');
const begun = fs.readFileSync(kept, 'utf8').length;
const sessions = new Map();
const frame = (text) => {
  const body = Buffer.from(text);
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
};
const numbered = (one, number) => number + '@' + one.made[number];
setInterval(() => {
  for (const one of sessions.values()) {
    one.made.push(Date.now());
    if (one.socket) one.socket.write(frame(numbered(one, one.made.length - 1)));
  }
}, 20);
function takeIn(one, socket, chunk) {
  socket.held = Buffer.concat([socket.held, chunk]);
  while (socket.held.length >= 6) {
    const length = socket.held[1] & 127;
    if (length > 125 || socket.held.length < 6 + length) break;
    const mask = socket.held.subarray(2, 6);
    const body = Buffer.from(socket.held.subarray(6, 6 + length));
    for (let at = 0; at < length; at += 1) body[at] ^= mask[at & 3];
    const code = socket.held[0] & 15;
    socket.held = socket.held.subarray(6 + length);
    if (code === 8) return socket.end(Buffer.from([0x88, 0]));
    if (code !== 1) continue;
    const number = Number(body.toString());
    if (number === one.next) one.next += 1;
    else if (number > one.next) one.missed = true;
  }
}
const server = require('http').createServer((request, response) => response.end('numbers'));
server.on('upgrade', (request, socket) => {
  const query = new URL(request.url, 'http://x').searchParams;
  const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.on('error', () => socket.destroy());
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ' + accept + '\r\n\r\n');
  const token = query.get('token');
  const known = sessions.get(token);
  if (!known && query.get('reconnection') === 'true') return socket.end(frame(JSON.stringify({ gone: true })));
  const one = known || { made: [], next: 0, socket: undefined, missed: false };
  sessions.set(token, one);
  if (one.socket) one.socket.destroy();
  one.socket = socket;
  socket.held = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.write(frame(JSON.stringify({ next: one.next, missed: one.missed, begun })));
  for (let number = Number(query.get('from')); number < one.made.length; number += 1) socket.write(frame(numbered(one, number)));
  socket.on('data', (chunk) => takeIn(one, socket, chunk));
  socket.on('close', () => { if (one.socket === socket) one.socket = undefined; });
});
server.listen(8080);
`;
