import { Transform } from 'node:stream';

/** Passes bytes on without an ASCII text, wherever it stands in them and however they are cut. */
export function removing(what: string): Transform {
  const needle = Buffer.from(what, 'latin1');
  let held = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let rest = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (let at = rest.indexOf(needle); at !== -1; at = rest.indexOf(needle)) {
        if (at > 0) this.push(rest.subarray(0, at));
        rest = rest.subarray(at + needle.length);
      }
      // Its beginning may stand at the end.
      let keep = Math.min(needle.length - 1, rest.length);
      while (keep > 0 && !rest.subarray(rest.length - keep).equals(needle.subarray(0, keep))) keep -= 1;
      if (rest.length > keep) this.push(rest.subarray(0, rest.length - keep));
      held = Buffer.from(rest.subarray(rest.length - keep));
      done();
    },
    flush(done) {
      if (held.length > 0) this.push(held);
      done();
    },
  });
}
