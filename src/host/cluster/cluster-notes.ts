import type { Problem } from '#contract/cluster.ts';
import type { World } from '../kube/world.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { passwordKey, passwordOf, passwordSecretName, wellKnownPassword } from '../operator/desired/password.ts';
import { chooseSignIn } from '../sign-in/choose-sign-in.ts';
import { generatedEntries } from '../sign-in/generated-secret.ts';

/** What people should know of a cluster that works all the same. */
export interface ClusterNotes {
  list(): readonly Problem[];
  /** Called when the list is another one. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
  stop(): void;
}

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

function passwordNote(workspaces: ReadonlySet<string>): Problem[] {
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

/** Follows the live view; each change of a workspace is looked at by itself. */
export function createClusterNotes(world: Pick<World, 'workspaces' | 'secrets'>, config: OperatorConfig): ClusterNotes {
  const listeners = new Set<() => void>();
  const wellKnown = new Set<string>();
  const look = (name: string): void => {
    const workspace = world.workspaces.get(name);
    const before = wellKnown.size;
    wellKnown.delete(name);
    const generated = generatedEntries(world.secrets.get(passwordSecretName(name))) !== undefined;
    if (workspace !== undefined && hasWellKnownPassword(workspace, config, generated)) wellKnown.add(name);
    if (wellKnown.size !== before) for (const listener of listeners) listener();
  };
  const end = world.workspaces.onChange(({ object }) => look(object.metadata.name));
  for (const { metadata } of world.workspaces.list()) look(metadata.name);
  return {
    list: () => passwordNote(wellKnown),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      end();
      listeners.clear();
    },
  };
}
