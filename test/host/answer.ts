import type { IncomingHttpHeaders } from 'node:http';

/** An answer that has been read. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json(): unknown;
}
