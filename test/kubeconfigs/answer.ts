import { z } from 'zod';

/** Why one gets nothing: the kubeconfig, the program in it, the way to the server, its certificate, 401, 403. */
export type Failure = 'config' | 'credentials' | 'unreachable' | 'certificate' | 'unauthorized' | 'forbidden';

/** Who one is and what one may do, or why one gets nothing. */
export type Answer =
  | { kind: 'ok'; username: string; uid: string; groups: string[]; extra: Record<string, string[]>; allowed: boolean }
  | { kind: Failure; said: string };

export const selfSubjectReviewSchema = z.object({
  status: z.object({
    userInfo: z.object({
      username: z.string(),
      uid: z.string().default(''),
      groups: z.array(z.string()).default([]),
      extra: z.record(z.string(), z.array(z.string())).default({}),
    }),
  }),
});

export function answerOf(review: z.infer<typeof selfSubjectReviewSchema>, allowed: boolean): Answer {
  const { groups, extra, ...rest } = review.status.userInfo;
  // The API server's order is that of a map.
  return { kind: 'ok', ...rest, groups: groups.toSorted((a, b) => a.localeCompare(b)), extra, allowed };
}

/** The body that asks whether one may forward ports. */
export function accessReview(namespace: string): object {
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { namespace, verb: 'create', resource: 'pods', subresource: 'portforward' } },
  };
}
