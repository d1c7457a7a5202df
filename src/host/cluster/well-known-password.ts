import type { Problem } from '#contract/cluster.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { passwordKey, passwordOf, wellKnownPassword } from '../operator/desired/password.ts';
import { chooseSignIn } from '../sign-in/choose-sign-in.ts';

/** Whether a workspace has the password that stands in the specification for all to read, because nobody has set one. Pure. */
export function hasWellKnownPassword(
  { spec }: Pick<ObservedWorkspace, 'spec'>,
  config: OperatorConfig,
  generated: boolean,
): boolean {
  if (config.agentDefaultPassword !== undefined || chooseSignIn(spec, config, generated) !== undefined) return false;
  const own = spec.env?.find(({ name }) => name === passwordKey);
  const isSet = own?.value !== undefined && own.value !== '';
  return !isSet && passwordOf(spec, config) === wellKnownPassword;
}

/** What people are told of those that have it. Pure. */
export function passwordNote(workspaces: ReadonlySet<string>): Problem[] {
  const [first] = workspaces;
  if (first === undefined) return [];
  const who = workspaces.size === 1 ? `The workspace ${first} has` : `${String(workspaces.size)} workspaces have`;
  return [
    {
      code: 'default_password',
      message: `${who} the password "${wellKnownPassword}", which everybody knows.`,
      remedy: 'Set AGENT_DEFAULT_PASSWORD=generate (a random one each, and GuildNet signs you in), or to a password.',
    },
  ];
}
