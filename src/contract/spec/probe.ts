import { z } from 'zod';
import { textOf } from '../bounded.ts';
import { rules } from './schema-parts.ts';

export const probeKinds = ['http', 'tcp', 'none', 'slow'] as const;
export type ProbeKind = (typeof probeKinds)[number];

export const probe = z
  .object({
    kind: z
      .enum(probeKinds)
      .default('http')
      .optional()
      .describe(
        'http: it answers a request with a status below 500; tcp: its first port is open; none: its program runs; slow: as http, for programs that take minutes to start.',
      ),
    path: textOf(1_024)
      .regex(/^\/[!-~]*$/)
      .optional()
      .describe('What is asked for, such as /health. By default /.'),
  })
  .meta(
    rules({
      rule: "!has(self.path) || !has(self.kind) || self.kind == 'http' || self.kind == 'slow'",
      message: 'only the kinds http and slow ask for a path',
    }),
  );
