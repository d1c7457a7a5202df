import type { IncomingMessage } from 'node:http';
import { nameable } from './response/frame-ancestors.ts';

/** Of lists that stay the same from one request to the next. */
const nameableOf = new WeakMap<readonly string[], readonly string[]>();

const framers = new WeakMap<IncomingMessage, readonly string[]>();

/** Says whose pages may show in a frame what we ourselves answer to this request: the control page, where an IDE would have been. */
export function letFrame(request: IncomingMessage, origins: readonly string[]): void {
  const named = nameableOf.get(origins) ?? origins.filter(nameable);
  nameableOf.set(origins, named);
  if (named.length > 0) framers.set(request, named);
}

/** The sources of `frame-ancestors` for our own answer; nobody, unless it was said. */
export function framersOf(request: IncomingMessage): readonly string[] {
  return framers.get(request) ?? ["'none'"];
}
