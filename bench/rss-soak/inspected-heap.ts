import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';

/** What a process holds, in MB: its JavaScript objects after a forced collection, and resident memory. */
export interface Held {
  heap: number;
  heapTotal: number;
  rss: number;
}

/** The heap of another Node process, by its inspector (https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/). */
export interface InspectedHeap extends Disposable {
  /** Collects garbage, twice because finalizers free more, and measures. */
  measure(): Promise<Held>;
}

const replySchema = z.object({
  id: z.number(),
  result: z.object({ usedSize: z.number().optional(), totalSize: z.number().optional() }),
});
const megabyte = 2 ** 20;

/** `said`: what the process printed to stderr when it was started with `--inspect`. Rejects when it was not. */
export async function inspectHeap(pid: number, said: string): Promise<InspectedHeap> {
  const url = /Debugger listening on (ws:\S+)/.exec(said)?.[1];
  if (url === undefined) throw new Error('The host does not let itself be inspected.');
  const socket = new WebSocket(url);
  await once(socket, 'open');
  let last = 0;
  const call = async (method: string): Promise<z.infer<typeof replySchema>['result']> => {
    last += 1;
    const id = last;
    socket.send(JSON.stringify({ id, method }));
    for (;;) {
      const [data] = (await once(socket, 'message')) as [Buffer];
      const reply = replySchema.safeParse(JSON.parse(data.toString()));
      if (reply.data?.id === id) return reply.data.result;
    }
  };
  return {
    measure: async () => {
      // Before the collection: it is what the machine has to have.
      const rss = await residentOf(pid);
      await call('HeapProfiler.collectGarbage');
      await call('HeapProfiler.collectGarbage');
      const { usedSize = 0, totalSize = 0 } = await call('Runtime.getHeapUsage');
      return { heap: usedSize / megabyte, heapTotal: totalSize / megabyte, rss };
    },
    [Symbol.dispose]() {
      socket.close();
    },
  };
}

async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
