import type { Readable, Writable } from 'node:stream';

export interface Relaying {
  /** A piece of the body is passed on. */
  passes(chunk: Buffer): void;
  /** The body is whole; its end is passed on next. */
  ends(): void;
  /** Called at most once: one side has ended before the body was whole. */
  breaks(error: Error): void;
}

/**
 * Passes a body on as fast as the sink takes it, and the source's end with it. The errors of both need owners elsewhere; here they
 * are known by the end that follows. (`pipeline` does the same, and makes and aborts an AbortController for each body.)
 */
export function relay(source: Readable, sink: Writable, { passes, ends, breaks }: Relaying): void {
  let over = false;
  const finish = (): void => {
    over = true;
    sink.removeListener('drain', onDrain);
    sink.removeListener('close', onSinkGone);
  };
  const onDrain = (): void => {
    source.resume();
  };
  const onSinkGone = (): void => {
    if (over) return;
    finish();
    source.destroy();
    breaks(new Error('The client left before it had the whole answer.'));
  };
  sink.on('drain', onDrain);
  sink.once('close', onSinkGone);
  source.on('data', (chunk: Buffer) => {
    if (over) return;
    passes(chunk);
    if (!sink.write(chunk)) source.pause();
  });
  source.once('end', () => {
    if (over) return;
    finish();
    ends();
    sink.end();
  });
  source.once('close', () => {
    if (over) return;
    finish();
    breaks(source.errored ?? new Error('The workspace ended the connection in the middle of its answer.'));
  });
}
