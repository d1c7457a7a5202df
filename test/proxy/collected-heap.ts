import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes that this thread's heap and the buffers outside it hold after a forced collection. */
export async function collectedMegabytes(): Promise<number> {
  for (let count = 0; count < 3; count += 1) {
    collect();
    // Finalizers and what they let go of come a turn later.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return (heap + external) / 1e6;
}
