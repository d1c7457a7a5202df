import { once } from 'node:events';
import type { FrontAddress } from '../front.ts';
import { describe, openRaw } from '../raw-client.ts';
import type { RawConnection } from '../raw-client.ts';

const upgradeFields =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
const textFrame = Buffer.from('\x81\x85\x00\x00\x00\x00hello', 'latin1');
const closeFrame = Buffer.from('\x88\x80\x00\x00\x00\x00', 'latin1');

function request(front: FrontAddress, method: string, path: string, more = ''): string {
  return `${method} ${path} HTTP/1.1\r\nHost: ${front.authority('w')}\r\n${more}\r\n`;
}

/** Milliseconds in which everything that should happen has to. */
const patience = 30_000;

/** Does it so often, several side by side. */
async function repeat(count: number, once: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await once(next);
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
}

async function echoed(client: RawConnection, frame: Buffer): Promise<void> {
  const before = client.rest.length;
  client.socket.write(frame);
  while (client.rest.length < before + frame.length && !client.ended) {
    await Promise.race([once(client.socket, 'data'), once(client.socket, 'close')]);
  }
  if (client.rest.length < before + frame.length) throw new Error('The WebSocket ended before its echo.');
}

/** WebSockets that are opened, used, and ended by the workspace, by their client in order, or by their client at once. */
export async function cycleWebSockets(front: FrontAddress, count: number): Promise<void> {
  await repeat(count, async (index) => {
    const client = await openRaw(front);
    const answer = await client.ask({ bytes: request(front, 'GET', '/ws', upgradeFields), upgrade: true, patience });
    if (answer.kind !== 'complete' || answer.head.status !== 101)
      throw new Error(`A WebSocket was not opened: ${describe(answer)}.`);
    await echoed(client, textFrame);
    if (index % 3 === 0) {
      client.socket.write(closeFrame);
      if (!client.ended) await once(client.socket, 'end', { signal: AbortSignal.timeout(patience) });
    } else if (index % 3 === 1) client.socket.end();
    client.close();
  });
}

/** Requests on connections that are kept. */
export async function cycleRequests(front: FrontAddress, count: number): Promise<void> {
  const clients: RawConnection[] = [];
  await repeat(count, async () => {
    const client = clients.pop() ?? (await openRaw(front));
    const answer = await client.ask({ bytes: request(front, 'GET', '/'), patience });
    if (answer.kind !== 'complete' || String(answer.body) !== 'ok') throw new Error('A request was not answered.');
    clients.push(client);
  });
  for (const client of clients) client.close();
}

/** Clients that leave before the answer, in its middle, in the middle of their upload, and before an upgrade is answered. */
export async function cycleAborts(front: FrontAddress, count: number): Promise<void> {
  const quiet = [
    request(front, 'GET', '/never'),
    `${request(front, 'POST', '/never', 'Content-Length: 1000000\r\n')}${'x'.repeat(1_000)}`,
    request(front, 'GET', '/never', upgradeFields),
  ];
  // Fewer of those that fill all buffers on the way.
  const openings = [
    ...quiet,
    ...quiet,
    ...quiet,
    request(front, 'GET', '/endless'),
    request(front, 'GET', '/endless', upgradeFields),
  ];
  await repeat(count, async (index) => {
    const client = await openRaw(front);
    const opening = openings[index % openings.length] ?? '';
    client.socket.write(opening);
    if (opening.includes('/endless')) await once(client.socket, 'data');
    // Half of them while it is on its way, half of them after it has arrived somewhere.
    else if (index % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    client.close();
  });
}
