import { z } from 'zod';
import { cutTextOf } from '#contract/bounded.ts';

const statusSchema = z.object({ kind: z.literal('Status'), message: cutTextOf(1_000) });

/** The message of a Kubernetes Status, shortened; undefined when the text is none: a proxy in between, perhaps. */
export function statusMessage(text: string): string | undefined {
  try {
    return statusSchema.parse(JSON.parse(text)).message;
  } catch {
    return undefined;
  }
}
