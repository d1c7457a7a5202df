import type { Action, Decision } from '#contract/grant.ts';
import type { Peer } from '#contract/identity.ts';
import { beyondWorkspace, misfitOf } from './fits.ts';
import type { Misfit } from './fits.ts';
import { grantsOf } from './grants.ts';
import type { Grant, Policy } from './grants.ts';
import { ownerOf } from './question.ts';
import type { Question } from './question.ts';

/** Where there is no policy, these are for the owner of a workspace and the local user (specification, "Goals"). */
const destructive: readonly Action[] = ['stop', 'delete', 'admin'];

/**
 * May they? Pure, and monotone: where there is a policy, one grant is enough and another takes nothing away. Every answer names
 * the rule that decided; a denial names the grant that comes nearest, with its field that is in the way.
 */
export function decide(question: Question, policy: Policy): Decision {
  const { who } = question;
  if (who.kind === 'local') return allowed('local-user', 'The local user may do everything.');
  const own = question.workspace?.owner === ownerOf(who, '');
  // A peer to whom the tailnet's policy gives something is meant to have that, and no more.
  if (who.capabilities.length === 0) {
    if (policy.state === 'unknown')
      return denied(
        'policy-unknown',
        'The Capabilities of the cluster cannot be read, so nobody knows what you may do.',
      );
    if (!policy.present) {
      const open = withoutPolicy(question, own);
      if (open.allowed) return open;
      // What is shared with somebody is theirs beside what everybody has.
      const shared = byGrants(question, who, policy, own);
      return shared.allowed ? shared : open;
    }
  }
  return byGrants(question, who, policy, own);
}

function withoutPolicy({ action, workspace, launch }: Question, own: boolean): Decision {
  const why = 'This host has no policy: whoever reaches it may see, launch and open workspaces';
  if (destructive.includes(action)) {
    if (own && action !== 'admin') return allowed('open-door/owner', `${why}, and do what they like with their own.`);
    const whose = action === 'admin' ? 'the local user' : 'its owner and the local user';
    // Of none in particular: one's own, if there are any.
    if (workspace === undefined && action !== 'admin') return allowed('open-door/owner', `${why}.`);
    return denied('open-door/destructive', `${why}; to ${action} is for ${whose}.`);
  }
  const misfit = launch === undefined ? undefined : beyondWorkspace({}, launch.spec);
  if (misfit === undefined) return allowed('open-door', `${why}.`);
  const field = misfit.field.split('.').at(-1) ?? '';
  return denied(
    `open-door#${field}`,
    `${why}; what reaches beyond a workspace has to be granted by a Capability (${field}).`,
  );
}

function byGrants(question: Question, peer: Peer, policy: Policy, own: boolean): Decision {
  const { action } = question;
  const { grants, refused } = grantsOf(peer, policy);
  let nearest: { grant: Grant; misfit: Misfit } | undefined;
  for (const grant of grants) {
    if (!grant.actions.includes(action)) continue;
    const misfit = misfitOf(grant, question, own);
    if (misfit === undefined) return allowed(grant.name, `${grant.name} grants it.`);
    if (nearest === undefined || reach(misfit) > reach(nearest.misfit)) nearest = { grant, misfit };
  }
  if (nearest !== undefined) {
    const { grant, misfit } = nearest;
    return denied(
      `${grant.name}#${misfit.field}`,
      `${grant.name} grants ${action}, but ${misfit.why} (${misfit.field}).`,
    );
  }
  const [unread] = refused;
  if (unread !== undefined)
    return denied(unread, `A grant of the tailnet's policy cannot be read and counts for nothing: ${unread}.`);
  return denied('no-grant', `No grant gives you the action ${action}.`);
}

/** A grant that is about the workspace and has too low a limit comes nearer than one that is about others. */
function reach({ field }: Misfit): number {
  if (field === 'namespace') return 0;
  return field.startsWith('selector.') ? 1 : 2;
}

const cut = (text: string): string => text.slice(0, 1_000);
const allowed = (rule: string, reason: string): Decision => ({ allowed: true, rule: cut(rule), reason: cut(reason) });
const denied = (rule: string, reason: string): Decision => ({ allowed: false, rule: cut(rule), reason: cut(reason) });
