import type { IncomingMessage } from 'node:http';
import { TunnelError } from './tunnel-error.ts';
import { WayBlocked } from './ways/way.ts';

/** Of a refusal so much is read: a page has no end that can be relied on. */
const most = 16 * 1024;

/** The beginning of an answer, which is ended then. Rejects with WayBlocked when nothing of it comes. */
export async function readBeginning(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= most) break;
    }
  } catch (error) {
    if (parts.length === 0) throw new WayBlocked(new TunnelError('offline', String(error), error));
  }
  return Buffer.concat(parts).toString('utf8', 0, most);
}
