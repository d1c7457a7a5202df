import { z } from 'zod';

const statusSchema = z.looseObject({ kind: z.literal('Status'), message: z.string() });
const maxMessage = 1_000;

/** The message of a Kubernetes Status, shortened; undefined when the text is none: a proxy in between, perhaps. */
export function statusMessage(text: string): string | undefined {
  try {
    return statusSchema.parse(JSON.parse(text)).message.slice(0, maxMessage);
  } catch {
    return undefined;
  }
}
