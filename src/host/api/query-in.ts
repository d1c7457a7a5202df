import type { z } from 'zod';
import { invalidRequest } from './wire-errors.ts';

/** The parameters of a request that does not pass by oRPC, by their schema. Throws `bad_body` as the contract's other calls do. */
export function queryIn<Query>(schema: z.ZodType<Query>, parameters: URLSearchParams): Query {
  const parsed = schema.safeParse(Object.fromEntries(parameters));
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error.issues, { remedy: 'Correct the named parameters.', cause: parsed.error });
}
