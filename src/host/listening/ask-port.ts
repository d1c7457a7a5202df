import type { Prepared } from '../proxy/transport/forward.ts';
import { TunnelError } from '../proxy/transport/tunnel-error.ts';

/**
 * Whether something listens at a port of a pod, asked as a kubelet's TCP probe asks: by a connection on which nothing is said. Where the
 * tunnel has half-close the answer is certain: what was opened ends in order, at once or by the node a second later, and what was
 * not is reported. Undefined: not known. Nothing that the pod says is looked at. Never rejects.
 */
export async function askPort(
  prepare: () => Promise<Prepared>,
  { ms, signal }: { ms: number; signal: AbortSignal },
): Promise<boolean | undefined> {
  let prepared: Prepared;
  try {
    prepared = await prepare();
  } catch {
    // The way to the pod is not there: then nothing is known of its ports, and who uses them hears why.
    return undefined;
  }
  if (signal.aborted) {
    prepared.discard();
    return undefined;
  }
  const { promise, resolve } = Promise.withResolvers<boolean | undefined>();
  const forward = prepared.begin({
    data: () => {
      resolve(true);
      return true;
    },
    // Of a tunnel without half-close it would only be the echo of our own end, which is not sent there.
    end: () => resolve(true),
    fail: (error) => resolve(error instanceof TunnelError && error.failure === 'refused' ? false : undefined),
    drained: () => undefined,
  });
  if (prepared.halfCloses) forward.end();
  const giveUp = (): void => resolve(undefined);
  const timer = setTimeout(giveUp, ms);
  signal.addEventListener('abort', giveUp);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    forward.release();
  }
}
