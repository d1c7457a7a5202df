import type { Duplex } from 'node:stream';
import type { Forward, ForwardListener } from './forward.ts';
import { TunnelError } from './tunnel-error.ts';

/** A forwarded connection on a stream of its own, which it owns. `explain`: what an error of the stream means. */
export function forwardByStream(
  stream: Duplex,
  listener: ForwardListener,
  explain: (error: Error) => Error = (error) => new TunnelError('lost', error.message, error),
): Forward {
  let over = false;
  const finish = (tell: () => void): void => {
    if (over) return;
    over = true;
    tell();
  };
  stream.on('data', (chunk: Buffer) => {
    if (!over && !listener.data(chunk)) stream.pause();
  });
  stream.once('end', () => finish(() => listener.end()));
  stream.on('error', (error) => finish(() => listener.fail(explain(error))));
  stream.once('close', () => finish(() => listener.fail(new TunnelError('lost', 'The connection was cut.'))));
  stream.on('drain', () => {
    if (!over) listener.drained();
  });
  // It may have been held until somebody listens.
  stream.resume();
  return {
    write: (chunk) => !stream.writable || stream.write(chunk),
    end: () => stream.end(),
    // It has a stream of its own.
    fade: () => undefined,
    resume: () => stream.resume(),
    release() {
      over = true;
      stream.destroy();
    },
  };
}
