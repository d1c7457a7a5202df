import type { Finding } from '#contract/doctor.ts';
import { workspaceGroup, workspacePlural } from '#contract/workspace.ts';
import { isAllowed } from '../../kube/access-review.ts';
import type { AccessQuestion } from '../../kube/access-review.ts';
import type { Kube } from '../../kube/clients.ts';
import { clusterRules, endRules, namespaceRules } from '../../operator/rbac-rules.ts';
import type { ExplainedRule } from '../../operator/rbac-rules.ts';
import { failed, ok, warning } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

/** A rule, and of what it would grant, that which is not. */
export interface Answered {
  rule: ExplainedRule;
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

/** One finding for each rule that is not granted as a whole, or one that all are. Pure. */
export function judgeRights(answers: readonly Answered[], user: string, namespace: string): Finding[] {
  const remedy = `Have an administrator apply what \`guildnet rbac --namespace ${namespace}\` prints, with --user, --group or --service-account for "${user}".`;
  const lacking = answers.filter(({ refused }) => refused.length > 0);
  if (lacking.length === 0) {
    const asked = answers.reduce((sum, one) => sum + one.asked, 0);
    return [ok(`All ${String(asked)} permissions that GuildNet asks for are there.`)];
  }
  return lacking.map(({ rule, refused }) => {
    const message = `The cluster does not let "${user}" ${refusedWords(refused)}. They are for: ${rule.why}`;
    const isVital = refused.some(({ resource, subresource }) => vital.has(resource) && subresource === undefined);
    return isVital ? failed(message, remedy) : warning(message, remedy);
  });
}

/** `create, patch deployments.apps and get nodes in the whole cluster`. */
function refusedWords(refused: readonly AccessQuestion[]): string {
  const verbs = new Map<string, string[]>();
  for (const { group, resource, subresource, name, verb, namespace } of refused) {
    const path = subresource === undefined ? resource : `${resource}/${subresource}`;
    const what = `${path}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` "${name}"`}`;
    const where = namespace === undefined ? 'in the whole cluster' : `in namespace "${namespace}"`;
    const key = `${what} ${where}`;
    verbs.set(key, [...(verbs.get(key) ?? []), verb]);
  }
  return [...verbs].map(([what, all]) => `${all.join(', ')} ${what}`).join(' and ');
}

async function ask(
  kube: Kube,
  rule: ExplainedRule,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<Answered> {
  const questions = questionsOf(rule, namespace);
  const allowed = await Promise.all(questions.map((question) => isAllowed(kube.rest, question, { signal })));
  return { rule, refused: questions.filter((_question, place) => !(allowed[place] ?? false)), asked: questions.length };
}

/** Every rule of `guildnet rbac`, by SelfSubjectAccessReviews. */
export const rights: Check = {
  id: 'rights',
  title: 'Permissions',
  inapplicable: withoutCluster,
  check: async (patient, signal) => {
    const kube = await patient.kube();
    const everywhere = { group: workspaceGroup, resource: workspacePlural, verb: 'patch' };
    // Who may do so in the whole cluster keeps that when a namespace goes.
    const ending = (await isAllowed(kube.rest, everywhere, { signal })) ? [] : endRules([]);
    const answers = await Promise.all([
      ...[...namespaceRules, ...ending].map((rule) => ask(kube, rule, kube.namespace, signal)),
      ...clusterRules.map((rule) => ask(kube, rule, undefined, signal)),
    ]);
    return judgeRights(answers, kube.access.user || 'this user', kube.namespace);
  },
};
