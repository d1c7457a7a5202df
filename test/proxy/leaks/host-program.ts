import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { collectedMegabytes } from '../collected-heap.ts';
import { startFront } from '../front.ts';
import type { HostFigures } from './host-messages.ts';

// A host's data path in a process of its own, with a heap as small as its parent says, that tells what it holds when asked.

const args = z.tuple([z.coerce.number(), z.url()]);

const [upstreamPort, apiServer] = args.parse(process.argv.slice(2));
const front = await startFront(upstreamPort, { apiServer });

async function tell(): Promise<void> {
  const megabytes = await collectedMegabytes();
  const { length: descriptors } = await readdir('/proc/self/fd');
  process.send?.({ megabytes, tunnels: front.tunnels, descriptors } satisfies HostFigures);
}

process.on('message', () => {
  void tell();
});
process.send?.({ port: front.port, ca: front.ca });
