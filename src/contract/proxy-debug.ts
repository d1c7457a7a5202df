import { z } from 'zod';
import { cutTextOf, listOf, textOf } from './bounded.ts';
import { transportKindSchema } from './transport.ts';

/** A question to `GET /api/proxy-debug`: where would this request go, and why? One of `server`, `to` and `url` says what is asked. */
export const proxyQuestionSchema = z.object({
  /** As behind `/proxy/server/`: `{id}`, or `{id}:{port}`. */
  server: textOf(300).optional(),
  /** As in `/proxy?to=`: `host:port`. */
  to: textOf(300).optional(),
  scheme: z.enum(['http', 'https']).optional(),
  /** An address as it would be opened: a whole URL, or a path on the host's own origin. */
  url: textOf(16_384).optional(),
  /** The path, with its query, for `server` and `to`. */
  path: textOf(16_384).optional(),
});
export type ProxyQuestion = z.infer<typeof proxyQuestionSchema>;

const text = cutTextOf(20_000);
const headerList = listOf(z.tuple([text, text]), 64);

export const proxyAnswerSchema = z.object({
  /** What was asked, as it came: the original's fields. */
  server: text,
  path: text,
  rid: text,
  to: text.optional(),
  url: text.optional(),
  /** The rules that were looked at, in their order, each with what came of it. */
  steps: listOf(z.object({ rule: text, outcome: z.enum(['taken', 'passed', 'refused']), why: text }), 100),
  /** Where it would go. */
  target: z
    .object({
      /** The way that a connection there would take now. A host outside the cluster is dialled from here: `direct`. */
      transport: transportKindSchema,
      /** What is lost on that way. Empty: every byte arrives as it was sent. */
      losses: listOf(text, 16),
      scheme: z.enum(['http', 'https']),
      port: z.int(),
      namespace: text.optional(),
      pod: text.optional(),
      host: text.optional(),
      address: text.optional(),
      /** The name that TLS is asked for. */
      server_name: text.optional(),
    })
    .optional(),
  /** What would be sent there for a GET. */
  request: z
    .object({
      method: text,
      path: text,
      host: text,
      /** Headers that this host adds. */
      added: headerList,
      /** Headers of the client that would not go on. */
      removed: listOf(text, 64),
    })
    .optional(),
  /** Where a browser would be sent instead. */
  redirect: text.optional(),
  /** Why it would be refused. */
  error: z.object({ code: text, message: text, remedy: text.optional() }).optional(),
});
export type ProxyAnswer = z.infer<typeof proxyAnswerSchema>;
