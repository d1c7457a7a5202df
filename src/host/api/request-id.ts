import { randomUUID } from 'node:crypto';

/** 32 hex digits that tie an answer, its log lines and an error's text together. */
export function newRequestId(): string {
  const id = randomUUID();
  // A pattern would cost more than the randomness.
  return `${id.slice(0, 8)}${id.slice(9, 13)}${id.slice(14, 18)}${id.slice(19, 23)}${id.slice(24)}`;
}
