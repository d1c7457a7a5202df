import { once } from 'node:events';
import type { WebSocket } from 'ws';

/** The status with which a WebSocket is refused. */
export async function refusedUpgrade(socket: WebSocket): Promise<number | undefined> {
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    { statusCode?: number; destroy(): void },
  ];
  response.destroy();
  return response.statusCode;
}
