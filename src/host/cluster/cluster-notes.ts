import type { Problem } from '#contract/cluster.ts';
import type { Kube } from '../kube/clients.ts';
import type { World } from '../kube/world.ts';
import type { Log } from '../observability/log.ts';
import type { OperatorConfig } from '../operator/config.ts';
import type { NamespaceEnd } from '../operator/namespace-end/namespace-end.ts';
import { passwordSecretName } from '../operator/desired/password.ts';
import { generatedEntries } from '../sign-in/generated-secret.ts';
import { enforcementNote, findEnforcement } from './network-enforcement.ts';
import { otherwise, settingsNote } from './other-settings.ts';
import { hasWellKnownPassword, passwordNote } from './well-known-password.ts';

/** What people should know of a cluster that works all the same. */
export interface ClusterNotes {
  list(): readonly Problem[];
  /** Called when the list is another one. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
  stop(): void;
}

const noPolicies: Problem = {
  code: 'network_policy_forbidden',
  message: 'NetworkPolicies may not be made here, so workspaces can reach one another over the network.',
  remedy:
    'Have networkpolicies granted (`guildnet rbac` prints all that GuildNet needs). WORKSPACE_NETWORK_POLICY=off leaves it at that.',
};

export interface ClusterNotesOptions {
  kube: Pick<Kube, 'rest' | 'version'>;
  world: Pick<World, 'workspaces' | 'secrets' | 'deployments' | 'policies'>;
  config: OperatorConfig;
  end: Pick<NamespaceEnd, 'note' | 'onNote'>;
  log: Log;
}

/**
 * Follows the live view; each change of a workspace is looked at by itself. What keeps NetworkPolicies is looked for once. What is
 * to be told is logged when it becomes another.
 */
export function createClusterNotes({ kube, world, config, end, log }: ClusterNotesOptions): ClusterNotes {
  const listeners = new Set<() => void>();
  const wellKnown = new Set<string>();
  const others = new Map<string, readonly string[]>();
  let told = '';
  let enforcement: Problem | undefined;
  const apart = (): Problem[] => {
    if (config.networkPolicy === false) return [];
    if (world.policies.state === 'unavailable') return [noPolicies];
    return enforcement === undefined ? [] : [enforcement];
  };
  const list = (): Problem[] => [
    ...(end.note === undefined ? [] : [end.note]),
    ...passwordNote(wellKnown),
    ...apart(),
    ...settingsNote(others),
  ];
  const look = (name: string): void => {
    const workspace = world.workspaces.get(name);
    wellKnown.delete(name);
    others.delete(name);
    if (workspace !== undefined) {
      const secret = world.secrets.get(passwordSecretName(name));
      if (hasWellKnownPassword(workspace, config, generatedEntries(secret) !== undefined)) wellKnown.add(name);
      const found = otherwise(workspace, world.deployments.get(name), secret, config);
      if (found !== undefined) others.set(name, found);
    }
  };
  const tell = (): void => {
    const now = list();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    for (const { code, message } of now) log.info({ code, reason: message }, 'to know of the cluster');
    for (const listener of listeners) listener();
  };
  const lookAndTell = (name: string | undefined): void => {
    if (name === undefined) return;
    look(name);
    tell();
  };
  const lookForAgents = async (): Promise<void> => {
    try {
      enforcement = enforcementNote(await findEnforcement(kube));
      tell();
    } catch (error) {
      log.debug({ err: error }, 'What keeps NetworkPolicies was not found out');
    }
  };
  const ends = [
    world.workspaces.onChange(({ object }) => lookAndTell(object.metadata.name)),
    world.deployments.onChange(({ object }) => lookAndTell(object.metadata?.name)),
    end.onNote(tell),
  ];
  for (const { metadata } of world.workspaces.list()) look(metadata.name);
  tell();
  if (config.networkPolicy !== false) void lookForAgents();
  return {
    list,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      for (const end of ends) end();
      listeners.clear();
    },
  };
}
