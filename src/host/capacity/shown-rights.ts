import type { ClusterRights } from '#contract/cluster-resources.ts';
import type { Kube } from '../kube/clients.ts';
import { askedWords, grantedRights, isVital, questionsOf } from '../operator/granted-rights.ts';
import type { Answered } from '../operator/granted-rights.ts';

/** Rule by rule, in the words of people. Pure. */
export function rightsOf(answers: readonly Answered[]): ClusterRights['rules'] {
  return answers.map(({ rule, namespace, refused }) => {
    const questions = questionsOf(rule, namespace);
    return {
      why: rule.why,
      scope: namespace === undefined ? 'cluster' : 'namespace',
      grants: askedWords(questions).join('; '),
      missing: askedWords(refused),
      vital: namespace !== undefined && questions.some(isVital),
    };
  });
}

/** What the cluster grants this host of what it needs. Rejects with the transport's errors. */
export async function readRights(
  kube: Pick<Kube, 'rest' | 'namespace' | 'access'>,
  signal: AbortSignal | undefined,
): Promise<ClusterRights> {
  const rules = rightsOf(await grantedRights(kube, signal));
  return { user: kube.access.user, namespace: kube.namespace, rules };
}
