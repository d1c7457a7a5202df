import type { IncomingMessage } from 'node:http';
import { nameable } from './response/frame-ancestors.ts';

const framers = new WeakMap<IncomingMessage, readonly string[]>();

/** Says whose pages may show in a frame what we ourselves answer to this request: the control page, where an IDE would have been. */
export function letFrame(request: IncomingMessage, origins: readonly string[]): void {
  const named = origins.filter(nameable);
  if (named.length > 0) framers.set(request, named);
}

/** The sources of `frame-ancestors` for our own answer; nobody, unless it was said. */
export function framersOf(request: IncomingMessage): readonly string[] {
  return framers.get(request) ?? ["'none'"];
}
