import { z } from 'zod';
import { longest, mapOf, textOf } from '../bounded.ts';
import { quantity, rules } from './schema-parts.ts';

export const port = z.object({
  containerPort: z.int().min(1).max(65535).describe('The number that the program listens on, 1 to 65535.'),
  name: textOf(15)
    .min(1)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
    .meta(
      rules({
        rule: "self.matches('[a-z]') && !self.contains('--')",
        message: 'a port name has at least one letter and no two hyphens in a row',
      }),
    )
    .optional()
    .describe(
      'A name of its own, at most 15 lower-case letters, digits and hyphens. "https" makes the proxy speak TLS.',
    ),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP').optional().describe('The transport protocol.'),
});

/** When the kubelet pulls the image (https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy). */
export const pullPolicies = ['Always', 'IfNotPresent', 'Never'] as const;
export const pullPolicy = z.enum(pullPolicies);
export type PullPolicy = z.infer<typeof pullPolicy>;

const amounts = mapOf(textOf(longest.key), quantity, 32);
export const resources = z
  .object({
    requests: amounts
      .optional()
      .describe(
        'What the node must have to spare. By default 10m of CPU and 128Mi of memory, or the limit where that is less.',
      ),
    limits: amounts.optional().describe('What the workspace gets at most. There is no limit by default.'),
  })
  .meta(
    rules({
      rule: '!has(self.requests) || !has(self.limits) || self.requests.all(name, !(name in self.limits) || quantity(self.requests[name]).compareTo(quantity(self.limits[name])) <= 0)',
      message: 'nothing can be requested beyond its limit',
    }),
  );
