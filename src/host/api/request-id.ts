import { randomUUID } from 'node:crypto';

/** 32 hex digits that tie an answer, its log lines and an error's text together. */
export function newRequestId(): string {
  return randomUUID().replaceAll('-', '');
}
