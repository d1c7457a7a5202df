import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { collectedMegabytes } from '../collected-heap.ts';
import { startFront } from '../front.ts';

// A host's data path in a process of its own, with a heap as small as its parent says, that tells what it holds when asked.

export const startedSchema = z.object({ port: z.int(), ca: z.string() });
export const figuresSchema = z.object({
  /** After a forced collection. */
  megabytes: z.number(),
  tunnels: z.int(),
  descriptors: z.int(),
});
export type HostFigures = z.infer<typeof figuresSchema>;

const args = z.tuple([z.coerce.number(), z.url()]);

if (process.send !== undefined) {
  const [upstreamPort, apiServer] = args.parse(process.argv.slice(2));
  const front = await startFront(upstreamPort, { apiServer });
  process.on('message', () => {
    void tell();
  });
  const tell = async (): Promise<void> => {
    const megabytes = await collectedMegabytes();
    const { length: descriptors } = await readdir('/proc/self/fd');
    process.send?.({ megabytes, tunnels: front.tunnels, descriptors } satisfies HostFigures);
  };
  process.send({ port: front.port, ca: front.ca });
}
