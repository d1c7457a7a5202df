import { GuildNetError } from '#contract/errors.ts';
import type { Action, Decision } from '#contract/grant.ts';

/** What is said to somebody who may not: why, and by which rule. */
export function forbidden(action: Action, decision: Decision, workspace?: string): GuildNetError {
  return new GuildNetError('forbidden', decision.reason, {
    remedy: 'Ask whoever runs this host, or who has the policy; "guildnet can-i" shows what you may do.',
    details: {
      action,
      rule: decision.rule,
      ...(workspace === undefined ? {} : { workspace: workspace.slice(0, 253) }),
    },
  });
}
