import type { Socket } from 'node:net';

/** What the server does with each connection to its port, in JSON: `bytes` in base64, the rest as in `Play`. */
export interface Lesson {
  bytes: string;
  early: boolean;
  after: 'stay' | 'end' | 'reset' | 'repeat';
}

/**
 * The program of a workspace that says on one port, byte for byte, what it was taught on the other one. It runs in a pod, from its own
 * text, so it may use nothing of this file.
 *
 *  teaching port   PUT: a lesson; GET: {connections, heard} of the other port, which a probe must not find in order
 *  hostile port    says the lesson to whoever connects (`early`) or has sent a request's head
 */
function serve(teaching: number, hostile: number): void {
  const { createServer } = process.getBuiltinModule('node:net');
  const http = process.getBuiltinModule('node:http');
  const sockets = new Set<Socket>();
  let lesson: Lesson = { bytes: '', early: false, after: 'end' };
  let heard = 0;

  const say = (socket: Socket, { bytes, after }: Lesson): void => {
    const said = Buffer.from(bytes, 'base64');
    const go = (): void => {
      if (socket.destroyed) return;
      const room = said.length === 0 || socket.write(said);
      if (after === 'end') socket.end();
      else if (after === 'reset') setTimeout(() => socket.resetAndDestroy(), 20);
      else if (after === 'repeat') {
        if (room) setImmediate(go);
        else socket.once('drain', go);
      }
    };
    go();
  };
  createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const now = lesson;
    let received = '';
    let done = now.early;
    socket.on('data', (data) => {
      if (done) return;
      received += data.toString('latin1');
      if (!received.includes('\r\n\r\n')) return;
      done = true;
      heard += 1;
      say(socket, now);
    });
    if (now.early) say(socket, now);
  }).listen(hostile);

  http
    .createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        if (request.method === 'PUT') lesson = JSON.parse(text) as Lesson;
        response.end(JSON.stringify({ connections: sockets.size, heard }));
      });
    })
    .listen(teaching);
}

/** The command that runs it in the code-server image, which has a Node. */
export function taughtCommand(teaching: number, hostile: number): { command: string[]; args: string[] } {
  return {
    command: ['/opt/node/bin/node', '-e'],
    args: [`(${serve.toString()})(${String(teaching)}, ${String(hostile)})`],
  };
}
