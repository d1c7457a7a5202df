import { z } from 'zod';
import { cutTextOf, listOf, longest, most } from '#contract/bounded.ts';
import { StatusError } from './transport-error.ts';

/** The Kubernetes Status object: what an API server sends with every refusal. */
const word = cutTextOf(longest.reason).optional();
const message = cutTextOf(longest.message).optional();
const statusSchema = z.object({
  message,
  reason: word,
  details: z
    .object({
      name: word,
      kind: word,
      group: word,
      causes: listOf(
        z.object({ reason: word, message, field: cutTextOf(longest.path).optional() }),
        most.entries,
      ).optional(),
      retryAfterSeconds: z.number().optional(),
    })
    .optional(),
});

/** A refusal of the API server. */
export interface StatusInfo extends z.infer<typeof statusSchema> {
  code: number;
}

/** The API server's Status carried by an error, or undefined when the error is of another kind. */
export function statusOf(error: unknown): StatusInfo | undefined {
  if (error instanceof StatusError) return { ...parseStatus(error.body), code: error.status };
  return undefined;
}

/** Whether the error is the API server's answer with this HTTP status. */
export function hasStatus(error: unknown, code: number): boolean {
  return statusOf(error)?.code === code;
}

function parseStatus(body: unknown): z.infer<typeof statusSchema> {
  const value = typeof body === 'string' ? parseText(body) : body;
  const parsed = statusSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  return typeof body === 'string' ? { message: body.trim().slice(0, 300) } : {};
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not every refusal is a Status: early ones are plain text.
    return text;
  }
}
