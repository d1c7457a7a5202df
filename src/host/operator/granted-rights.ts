import { workspaceGroup, workspacePlural } from '#contract/workspace.ts';
import { isAllowed } from '../kube/access-review.ts';
import type { AccessQuestion } from '../kube/access-review.ts';
import type { Kube } from '../kube/clients.ts';
import { clusterRules, endRules, namespaceRules } from './rbac-rules.ts';
import type { ExplainedRule } from './rbac-rules.ts';

/** A rule, and of what it would grant, that which is not. */
export interface Answered {
  rule: ExplainedRule;
  /** Where: undefined for the whole cluster. */
  namespace: string | undefined;
  refused: readonly AccessQuestion[];
  asked: number;
}

/** Everything that a rule grants, one by one; `namespace`: where, undefined for the whole cluster. Pure. */
export function questionsOf(rule: ExplainedRule, namespace: string | undefined): AccessQuestion[] {
  const where = namespace === undefined ? {} : { namespace };
  return rule.apiGroups.flatMap((group) =>
    rule.resources.flatMap((text) => {
      const [resource = '', subresource] = text.split('/');
      const what = { group, resource, ...(subresource === undefined ? {} : { subresource }), ...where };
      const names = rule.resourceNames ?? [undefined];
      return names.flatMap((name) =>
        rule.verbs.map((verb) => ({ ...what, ...(name === undefined ? {} : { name }), verb })),
      );
    }),
  );
}

/** Without any of these a host is of no use; with the others missing, it does less and says what. */
const vital = new Set([workspacePlural, 'deployments', 'services', 'pods', 'leases']);

export function isVital({ group, resource, subresource }: AccessQuestion): boolean {
  return vital.has(resource) && subresource === undefined && group !== 'metrics.k8s.io';
}

/** `create, patch deployments.apps` for each thing that is asked about, in the order of the questions. Pure. */
export function askedWords(questions: readonly AccessQuestion[]): string[] {
  const verbs = new Map<string, string[]>();
  for (const { group, resource, subresource, name, verb } of questions) {
    const path = subresource === undefined ? resource : `${resource}/${subresource}`;
    const what = `${path}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` "${name}"`}`;
    verbs.set(what, [...(verbs.get(what) ?? []), verb]);
  }
  return [...verbs].map(([what, all]) => `${all.join(', ')} ${what}`);
}

/** How much of each rule of `guildnet rbac` the cluster grants us, by SelfSubjectAccessReviews. Rejects with the transport's errors. */
export async function grantedRights(
  kube: Pick<Kube, 'rest' | 'namespace'>,
  signal: AbortSignal | undefined,
): Promise<Answered[]> {
  const everywhere = { group: workspaceGroup, resource: workspacePlural, verb: 'patch' };
  // Who may do so in the whole cluster keeps that when a namespace goes.
  const ending = (await isAllowed(kube.rest, everywhere, { signal })) ? [] : endRules([]);
  return Promise.all([
    ...[...namespaceRules, ...ending].map((rule) => ask(kube, rule, kube.namespace, signal)),
    ...clusterRules.map((rule) => ask(kube, rule, undefined, signal)),
  ]);
}

async function ask(
  kube: Pick<Kube, 'rest'>,
  rule: ExplainedRule,
  namespace: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Answered> {
  const questions = questionsOf(rule, namespace);
  const allowed = await Promise.all(questions.map((question) => isAllowed(kube.rest, question, { signal })));
  return {
    rule,
    namespace,
    refused: questions.filter((_question, place) => !(allowed[place] ?? false)),
    asked: questions.length,
  };
}
