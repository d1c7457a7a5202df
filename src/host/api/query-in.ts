import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { invalidRequest } from './wire-errors.ts';

/** The parameters of a request that does not pass by oRPC, by their schema. Throws `bad_body` as the contract's other calls do. */
export function queryIn<Query>(schema: z.ZodType<Query>, parameters: URLSearchParams): Query {
  const parsed = schema.safeParse(Object.fromEntries(parameters));
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error.issues, { remedy: 'Correct the named parameters.', cause: parsed.error });
}

/** The query of a request for the stream at `path`; undefined when it is for something else. */
export function streamQuery({ method, url = '' }: IncomingMessage, path: string): URLSearchParams | undefined {
  const [asked, ...query] = url.split('?');
  return method === 'GET' && asked === path ? new URLSearchParams(query.join('?')) : undefined;
}
