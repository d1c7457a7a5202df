import { PassThrough } from 'node:stream';
import type { V1Pod } from '@kubernetes/client-node';
import { createChanges } from '#host/logs/changes.ts';
import type { LogRequest, LogSource } from '#host/logs/log-source.ts';
import { StatusError } from '#host/kube/transport-error.ts';

interface Container {
  lines: string[];
  readers: Set<PassThrough>;
  isOver: boolean;
}

/** What a kubelet and its API server do about logs, for faults that real ones cannot be made to show at a given moment. */
export interface PlayedKubelet {
  source: LogSource;
  /** What was asked for, in order. */
  asked: LogRequest[];
  /** Appends lines to the log of the container that runs now; the time is their millisecond. */
  print(...lines: [millisecond: number, text: string][]): void;
  /** Breaks off all answers, after some bytes more where those are given. */
  cut(more?: string): void;
  restart(): void;
  replace(): void;
  remove(): void;
  refuse(status: number | undefined): void;
}

const timeOf = (millisecond: number): string => `${new Date(millisecond).toISOString().slice(0, -1)}000000Z`;

export function playKubelet(): PlayedKubelet {
  const listeners = new Set<() => void>();
  const asked: LogRequest[] = [];
  let podNumber = 1;
  let containers: Container[] = [];
  let exists = true;
  let refused: number | undefined;

  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const end = (): void => {
    for (const one of containers) {
      one.isOver = true;
      for (const reader of one.readers) reader.end();
    }
  };
  const run = (): void => {
    end();
    containers.push({ lines: [], readers: new Set(), isOver: false });
    tell();
  };
  const pod = (): V1Pod => ({
    metadata: { name: `pod-${String(podNumber)}`, uid: `${String(podNumber)}-a` },
    spec: { containers: [{ name: 'workspace' }] },
    status: {
      containerStatuses: [
        {
          name: 'workspace',
          restartCount: containers.length - 1,
          state: { running: {} },
          ...(containers.length > 1 ? { lastState: { terminated: { exitCode: 1 } } } : {}),
        } as never,
      ],
    },
  });

  async function open(request: LogRequest, signal: AbortSignal): Promise<PassThrough> {
    asked.push(request);
    const status = refused ?? (request.pod === `pod-${String(podNumber)}` ? undefined : 404);
    if (status !== undefined) throw new StatusError(status, { message: 'refused' });
    const container = containers.at(request.previous === true ? -2 : -1);
    if (container === undefined) throw new StatusError(400, { message: 'not found' });
    const { sinceTime = '', tailLines } = request;
    const since = container.lines.filter((line) => line.slice(0, 19) >= sinceTime.slice(0, 19));
    const stream = new PassThrough();
    signal.addEventListener('abort', () => stream.destroy());
    stream.on('error', () => undefined);
    stream.write((tailLines === undefined ? since : since.slice(Math.max(0, since.length - tailLines))).join(''));
    if (request.follow !== true || container.isOver) stream.end();
    else {
      container.readers.add(stream);
      stream.once('close', () => container.readers.delete(stream));
    }
    return Promise.resolve(stream);
  }

  run();
  return {
    asked,
    source: {
      exists: () => exists,
      pods: () => (exists && containers.length > 0 ? [pod()] : []),
      changes: () =>
        createChanges((listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        }),
      open,
      clean: () => (text) => text,
    },
    print(...lines) {
      const texts = lines.map(([millisecond, text]) => `${timeOf(millisecond)} ${text}\n`);
      containers.at(-1)?.lines.push(...texts);
      for (const reader of containers.at(-1)?.readers ?? []) for (const text of texts) reader.write(text);
    },
    cut(more) {
      for (const reader of containers.at(-1)?.readers ?? []) {
        if (more !== undefined) reader.write(more);
        // Behind what was written.
        setImmediate(() => reader.destroy(new Error('cut off')));
      }
    },
    restart: run,
    replace() {
      end();
      podNumber += 1;
      containers = [];
      run();
    },
    remove() {
      exists = false;
      end();
      tell();
    },
    refuse(status) {
      refused = status;
    },
  };
}
