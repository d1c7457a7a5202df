import type { IncomingMessage } from 'node:http';

const framers = new WeakMap<IncomingMessage, readonly string[]>();

/** Says whose pages may show in a frame what we ourselves answer to this request: the control page, where an IDE would have been. */
export function letFrame(request: IncomingMessage, origins: readonly string[]): void {
  framers.set(request, origins);
}

/** The sources of `frame-ancestors` for our own answer; nobody, unless it was said. */
export function framersOf(request: IncomingMessage): readonly string[] {
  return framers.get(request) ?? ["'none'"];
}
