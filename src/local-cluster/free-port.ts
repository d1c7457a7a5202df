import { createServer } from 'node:net';

/** Whether nobody listens on the port of the address. */
export function isPortFree(port: number, address = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}

/** `count` different ports that nobody listens on. They are held together while they are chosen, so none comes twice. */
export async function chooseFreePorts(count: number, address = '127.0.0.1'): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<{ port: number; close: () => Promise<void> }>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, address, () => {
          const bound = server.address();
          if (bound === null || typeof bound === 'string') {
            reject(new TypeError('a TCP listener without a port'));
            return;
          }
          const close = (): Promise<void> => new Promise((done) => server.close(() => done()));
          resolve({ port: bound.port, close });
        });
      });
    }),
  );
  await Promise.all(servers.map(({ close }) => close()));
  return servers.map(({ port }) => port);
}
