import { oc } from '@orpc/contract';
import { z } from 'zod';
import { linkSchema } from './access.ts';
import { auditListSchema, auditQuerySchema } from './audit.ts';
import { countOf, longest, textOf } from './bounded.ts';
import { actionSchema, decisionSchema } from './grant.ts';
import { callerSchema } from './refusals.ts';

/** "May I?" Without a workspace it is about any; `image` says what would be launched. `as` is for the local user, who asks for others. */
export const mayQuerySchema = z.strictObject({
  action: actionSchema.describe('What is to be done.'),
  workspace: textOf(longest.name).min(1).optional().describe('With which workspace.'),
  image: textOf(longest.image).min(1).optional().describe('What would be launched.'),
  port: countOf(65_535).optional().describe('Which port would be opened.'),
  as: textOf(240)
    .min(1)
    .optional()
    .describe('The login of somebody of the tailnet; only the local user may ask for others.'),
});
export type MayQuery = z.infer<typeof mayQuerySchema>;

export const accessRoutes = {
  link: oc
    .route({ method: 'POST', path: '/api/links', summary: 'A link that signs one browser in, once' })
    .output(linkSchema),
  signOut: oc
    .route({
      method: 'DELETE',
      path: '/api/session',
      summary: 'Sign out: end the session that this request came with',
    })
    .output(z.object({ ended: z.boolean() })),
  me: oc
    .route({ method: 'GET', path: '/api/me', summary: 'Who asks, as this host knows them, and what they may not do' })
    .output(callerSchema),
  canI: oc
    .route({
      method: 'GET',
      path: '/api/can-i',
      summary: 'Whether who asks may do something, and the rule that decides',
    })
    .input(mayQuerySchema)
    .output(decisionSchema.extend({ who: textOf(longest.name) })),
  audit: oc
    .route({ method: 'GET', path: '/api/audit', summary: 'Who changed and opened what, the newest first' })
    .input(auditQuerySchema)
    .output(auditListSchema),
};
