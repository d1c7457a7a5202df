import type { Finding } from '#contract/doctor.ts';
import type { AccessQuestion } from '../../kube/access-review.ts';
import { askedWords, grantedRights, isVital } from '../../operator/granted-rights.ts';
import type { Answered } from '../../operator/granted-rights.ts';
import { failed, ok, warning } from '../check.ts';
import type { Check } from '../check.ts';
import { withoutCluster } from './cluster.ts';

/** One finding for each rule that is not granted as a whole, or one that all are. Pure. */
export function judgeRights(answers: readonly Answered[], user: string, namespace: string): Finding[] {
  const remedy = `Have an administrator apply what \`guildnet rbac --namespace ${namespace}\` prints, with --user, --group or --service-account for "${user}".`;
  const lacking = answers.filter(({ refused }) => refused.length > 0);
  if (lacking.length === 0) {
    const asked = answers.reduce((sum, one) => sum + one.asked, 0);
    return [ok(`All ${String(asked)} permissions that GuildNet asks for are there.`)];
  }
  return lacking.map(({ rule, namespace: where, refused }) => {
    const message = `The cluster does not let "${user}" ${refusedWords(refused, where)}. They are for: ${rule.why}`;
    return refused.some(isVital) ? failed(message, remedy) : warning(message, remedy);
  });
}

/** `create, patch deployments.apps in namespace "dev" and get nodes in namespace "dev"`. */
function refusedWords(refused: readonly AccessQuestion[], namespace: string | undefined): string {
  const where = namespace === undefined ? 'in the whole cluster' : `in namespace "${namespace}"`;
  return askedWords(refused)
    .map((words) => `${words} ${where}`)
    .join(' and ');
}

/** Every rule of `guildnet rbac`, by SelfSubjectAccessReviews. */
export const rights: Check = {
  id: 'rights',
  title: 'Permissions',
  inapplicable: withoutCluster,
  check: async (patient, signal) => {
    const kube = await patient.kube();
    const answers = await grantedRights(kube, signal);
    return judgeRights(answers, kube.access.user || 'this user', kube.namespace);
  },
};
