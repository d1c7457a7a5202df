import type { Readable, Writable } from 'node:stream';
import { Transform } from 'node:stream';
import type { Fault } from './fault-plan.ts';

/** Passes a response's body on with the fault in it; a body without one passes as it is. */
export function spoilStream(from: Readable, to: Writable, fault: Fault): void {
  switch (fault.kind) {
    case 'cut':
      from.pipe(upTo(fault.afterBytes, () => to.destroy())).pipe(to);
      return;
    case 'silence':
      // `end` must not pass either: a half-open connection says nothing at all.
      from.pipe(upTo(fault.afterBytes, () => undefined)).pipe(to, { end: false });
      return;
    case 'repeat':
      from.pipe(repeatingLines()).pipe(to);
      return;
    case 'late':
      from.pipe(later(fault.milliseconds)).pipe(to);
      return;
    default:
      from.pipe(to);
  }
}

function upTo(bytes: number, reached: () => void): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const part = chunk.subarray(0, left);
      left -= part.length;
      done(null, part);
      if (left <= 0) reached();
    },
  });
}

/** Everything so much later than it came, and so in its order. */
function later(milliseconds: number): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      setTimeout(() => this.push(chunk), milliseconds);
      done();
    },
    flush(done) {
      setTimeout(done, milliseconds);
    },
  });
}

/** Every line of a watch twice: after a break a server may tell again what it has told. */
function repeatingLines(): Transform {
  let rest = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      done(null, lines.map((line) => `${line}\n${line}\n`).join(''));
    },
  });
}
