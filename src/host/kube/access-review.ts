import { z } from 'zod';
import type { Rest } from './rest.ts';

/** What may be asked of a review (authorization.k8s.io/v1, ResourceAttributes); without a namespace it is about the whole cluster. */
export interface AccessQuestion {
  group: string;
  resource: string;
  subresource?: string;
  name?: string;
  verb: string;
  namespace?: string;
}

const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Whether the cluster lets us do this, by a SelfSubjectAccessReview. Rejects with the transport's errors. */
export async function isAllowed(
  rest: Pick<Rest, 'json'>,
  question: AccessQuestion,
  options: { signal?: AbortSignal | undefined; headersTimeoutMs?: number } = {},
): Promise<boolean> {
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: question },
  };
  return reviewSchema.parse(await rest.json('POST', path, { body, ...options })).status.allowed;
}
