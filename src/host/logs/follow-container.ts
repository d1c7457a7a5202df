import type { V1Pod } from '@kubernetes/client-node';
import { hasStatus, fromKubeError } from '../kube/errors.ts';
import { pause } from '../pause.ts';
import { instanceOf, nextPod } from './container-log.ts';
import type { Instance } from './container-log.ts';
import { notice } from './entry.ts';
import type { Entry } from './entry.ts';
import type { LogSource } from './log-source.ts';
import type { Position } from './position.ts';
import { readLog } from './read-log.ts';
import { readTail } from './read-tail.ts';

/** Where to begin: behind a line that was read before, or with the last lines there are. */
export interface Start {
  after?: Position | undefined;
  /** How many lines. */
  tail: number;
  /** The tail is that of the container before the present one, where there was one; the present one's whole log follows. */
  previous: boolean;
}

/** How long to wait until an answer that broke off is asked for again, in ms: the longer, the more often it did. */
const firstPauseMs = 500;
const longestPauseMs = 15_000;
/** How long the cluster's view may lag behind an answer that has ended, in ms. */
const lagMs = 20_000;

/** Which of its containers was read last, and whether to its end. */
interface Reading {
  pod: string;
  restart: number;
  finished: boolean;
}

/**
 * All that a workspace's container prints, for as long as the workspace is there: over restarts of the container and from pod to pod.
 * Each container's log is asked for anew, because an answer ends with it; what of the one before was not read yet comes first.
 * Rejects when the cluster refuses the logs for good.
 */
export async function* followContainer(
  source: LogSource,
  container: string,
  start: Start,
  signal: AbortSignal,
): AsyncGenerator<Entry[], void, void> {
  const changes = source.changes();
  let last = start.after;
  let reading: Reading | undefined = last && { pod: last.pod, restart: last.restart, finished: false };
  let isWaiting = false;
  let failures = 0;

  async function* told(batches: AsyncIterable<Entry[]>): AsyncGenerator<Entry[], void, void> {
    for await (const batch of batches) {
      failures = 0;
      last = batch.findLast(({ position }) => position !== undefined)?.position ?? last;
      yield batch;
    }
  }

  /** What comes before the present container's own lines. */
  async function* lead(pod: V1Pod, instance: Instance): AsyncGenerator<Entry[], void, void> {
    const uid = pod.metadata?.uid ?? '';
    if (reading === undefined) {
      const previous = start.previous && instance.hasPrevious;
      const tail = await readTail(source, pod, container, { lines: start.tail, previous }, signal);
      last = tail.at(-1)?.position;
      // Also none: then it is known that there are none.
      yield start.tail > 0 ? tail : [];
      if (previous) yield [restarted(instance.restart)];
      return;
    }
    const isReplaced = reading.pod !== uid;
    if (!isReplaced && reading.restart === instance.restart) return;
    if (isReplaced) yield [notice('replaced', 'The pod was replaced by a new one.')];
    if (instance.hasPrevious)
      yield* told(readLog(source, pod, container, { previous: true, after: after(uid) }, signal));
    const between = instance.restart - (isReplaced ? 0 : reading.restart + 1);
    if (between > (instance.hasPrevious ? 1 : 0))
      yield [notice('gap', 'Lines are missing: the container was restarted more often than its log is kept.')];
    if (!isReplaced) yield [restarted(instance.restart)];
  }

  const after = (uid: string): Position | undefined => (last?.pod === uid ? last : undefined);

  try {
    while (!signal.aborted && source.exists()) {
      const pod = nextPod(source.pods(), reading?.pod, reading?.finished ?? false);
      const instance = pod && instanceOf(pod, container);
      const uid = pod?.metadata?.uid ?? '';
      const isRead = reading?.finished === true && reading.pod === uid && reading.restart === instance?.restart;
      if (pod === undefined || instance === undefined || !instance.readable || isRead) {
        const isNews = pod === undefined && !isWaiting;
        isWaiting = pod === undefined;
        yield isNews ? [notice('waiting', 'The workspace has no pod: nothing prints.')] : [];
        await changes.next(signal);
        continue;
      }
      isWaiting = false;
      try {
        yield* lead(pod, instance);
        reading = { pod: uid, restart: instance.restart, finished: false };
        // Whoever takes it may have taken a while.
        if (isOther(source, pod, container, instance)) continue;
        yield* told(readLog(source, pod, container, { follow: true, after: after(uid) }, signal));
        // It ends with the container, which the cluster tells later. Asked at once, the kubelet may answer for the next one already.
        const late = Date.now() + lagMs;
        while (!instance.ended && !isOver(source, pod, container, instance) && Date.now() < late && !signal.aborted)
          await changes.next(signal, late - Date.now());
        const now = nowOf(source, pod, container);
        reading.finished = instance.ended || (now?.restart === instance.restart && now.ended);
      } catch (error) {
        if (signal.aborted) return;
        if (hasStatus(error, 401) || hasStatus(error, 403)) throw fromKubeError(error, 'reading the log');
        failures += 1;
        // While it is starting or going away the kubelet refuses, and there is nothing to say.
        if (failures === 1 && !hasStatus(error, 400) && !hasStatus(error, 404))
          yield [notice('interrupted', fromKubeError(error, 'reading the log').message)];
        await pause(Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs), signal);
      }
    }
  } finally {
    changes.close();
  }
}

/** Whether another container runs by now: an answer would be its, and nothing in it says so. */
function isOther(source: LogSource, pod: V1Pod, container: string, read: Instance): boolean {
  return nowOf(source, pod, container)?.restart !== read.restart;
}

function isOver(source: LogSource, pod: V1Pod, container: string, read: Instance): boolean {
  return isOther(source, pod, container, read) || nowOf(source, pod, container)?.ended === true;
}

function nowOf(source: LogSource, { metadata }: V1Pod, container: string): Instance | undefined {
  const pod = source.pods().find((one) => one.metadata?.uid === metadata?.uid);
  return pod && instanceOf(pod, container);
}

function restarted(restart: number): Entry {
  return notice('restarted', `The container was restarted (restart ${String(restart)}).`);
}
