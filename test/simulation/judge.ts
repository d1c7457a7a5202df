import { isStopped } from '#contract/run-mode.ts';
import { withHash, drift } from '#host/kube/apply.ts';
import { withDates } from '#host/kube/wire-dates.ts';
import { parseWorkspace } from '#host/kube/workspace-object.ts';
import type { OperatorConfig } from '#host/operator/config.ts';
import { podMarks } from '#host/operator/desired/pod-marks.ts';
import type { Workspace } from '#contract/workspace.ts';
import { desired } from '#host/operator/desired/desired.ts';
import type { Desired } from '#host/operator/desired/desired.ts';
import type { SimulatedApi } from './api/api-server.ts';
import { houseAdmission } from './api/house-policy.ts';
import type { HousePolicy } from './api/house-policy.ts';
import { asMap } from './api/merge.ts';
import { resources } from './api/stored.ts';
import type { Plural, Stored } from './api/stored.ts';
import { isStranger } from './user.ts';

const plurals = Object.keys(resources) as Plural[];

/**
 * What is wrong with a cluster that has had more than an hour to settle, in which nobody did anything; nothing when every Workspace is
 * as it shall be.
 */
export function judge(api: SimulatedApi, rules: Rules): string[] {
  return [...api.list('workspaces').flatMap((workspace) => judgeWorkspace(api, workspace, rules)), ...orphans(api)];
}

/** By what is judged what the operators made. */
export interface Rules {
  /** The settings of all hosts that led; a pod may be of any of them. */
  configs: readonly [OperatorConfig, ...OperatorConfig[]];
  /** Those of the host that leads now. */
  leading: OperatorConfig;
  policy: HousePolicy;
}

function judgeWorkspace(api: SimulatedApi, stored: Stored, { configs, leading, policy }: Rules): string[] {
  const [config] = configs;
  const { name, generation, deletionTimestamp } = stored.metadata;
  if (deletionTimestamp !== undefined)
    return [`workspace ${name} never goes: ${stored.metadata.finalizers?.join() ?? ''}`];
  const parsed = parseWorkspace(copy(stored));
  if ('problem' in parsed) return [`workspace ${name} cannot be read: ${parsed.problem}`];
  const workspace = parsed.value;
  const status = asMap(stored.status);
  const malformed = workspace.specProblem !== undefined;
  const taken = isStranger(api, name);
  const stopped = isStopped(workspace.spec);
  const phase = malformed || taken ? 'Failed' : stopped ? 'Stopped' : 'Running';
  const found: string[] = [];
  if (status['phase'] !== phase)
    found.push(
      `workspace ${name} is ${String(status['phase'])} (${JSON.stringify(status['lastError'])}), not ${phase}`,
    );
  if (status['observedGeneration'] !== generation)
    found.push(`the status of workspace ${name} is of an old generation`);
  if (malformed) return found;
  // Both are shorter than the time there was.
  if (workspace.spec.ttl !== undefined) found.push(`workspace ${name} is there after its time`);
  if (workspace.spec.idle !== undefined && phase === 'Running')
    found.push(`workspace ${name} runs, though nobody uses it`);
  found.push(...surplus(api, stored, config));
  const parts = Object.keys(desired(workspace, config)) as (keyof Desired)[];
  for (const part of parts) {
    const alternatives = configs.map((one) => desired(workspace, one)[part] as Stored | undefined);
    const problems = alternatives.map((wanted) => missing(api, name, wanted, { policy, taken }));
    if (!problems.includes(undefined)) found.push(problems[0] ?? '');
  }
  const told = asMap(conditionOf(status, 'AsSpecified'))['status'];
  // Of a pod that another host made the present one cannot say who changed it.
  const mark = (object: { metadata?: { annotations?: Record<string, string> } } | undefined): string | undefined =>
    object?.metadata?.annotations?.[podMarks.pod];
  const kept = mark(api.get('deployments', name)) !== mark(desired(workspace, leading).deployment);
  if (!kept && (told === 'False') !== isChanged(api, workspace, config, policy))
    found.push(`workspace ${name} ${told === 'False' ? 'says' : 'does not say'} that others change it`);
  const pods = api.list('pods').filter(({ metadata }) => metadata.labels?.['guildnet.io/id'] === name);
  if (pods.length !== (stopped ? 0 : 1)) found.push(`workspace ${name} has ${pods.length} pods`);
  if (workspace.spec.home !== undefined) found.push(...judgeHome(api, name));
  return found;
}

/** What is wrong with one object, or undefined. What the cluster's own admission makes of it is as it shall be. */
function missing(
  api: SimulatedApi,
  name: string,
  wanted: Stored | undefined,
  { policy, taken }: { policy: HousePolicy; taken: boolean },
): string | undefined {
  if (wanted === undefined || (taken && wanted.kind === 'Service')) return undefined;
  const live = api.get(pluralOf(wanted), name) ?? api.get(pluralOf(wanted), wanted.metadata.name);
  const admitted = houseAdmission(policy, pluralOf(wanted), withHash(wanted));
  const path = live === undefined ? 'all of it' : drift(admitted, withDates(copy(live)));
  return path === undefined ? undefined : `the ${wanted.kind} of workspace ${name} is not as desired: ${path}`;
}

/** Whether admission makes something of a Workspace another. */
function isChanged(api: SimulatedApi, workspace: Workspace, config: OperatorConfig, policy: HousePolicy): boolean {
  return (Object.values(desired(workspace, config)) as (Stored | undefined)[]).some((wanted) => {
    if (wanted === undefined || (wanted.kind === 'Service' && isStranger(api, workspace.metadata.name))) return false;
    return drift(wanted, houseAdmission(policy, pluralOf(wanted), wanted)) !== undefined;
  });
}

function conditionOf(status: Record<string, unknown>, type: string): unknown {
  return ((status['conditions'] ?? []) as unknown[]).find((one) => asMap(one)['type'] === type);
}

/** What belongs to the Workspace and shall not be. */
function surplus(api: SimulatedApi, workspace: Stored, config: OperatorConfig): string[] {
  const parsed = parseWorkspace(copy(workspace));
  if ('problem' in parsed) return [];
  const wanted = (Object.values(desired(parsed.value, config)) as (Stored | undefined)[]).map(identity);
  return plurals.flatMap((plural) =>
    api
      .list(plural)
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === workspace.metadata.uid) === true)
      .filter((object) => !wanted.includes(identity(object)))
      .map((object) => `${identity(object)} is not wanted any more`),
  );
}

function identity(object: Stored | undefined): string {
  return `${object?.kind ?? ''} ${object?.metadata.name ?? ''}`;
}

function judgeHome(api: SimulatedApi, name: string): string[] {
  const claim = api.get('persistentvolumeclaims', `${name}-home`);
  if (claim === undefined) return [`workspace ${name} has no home`];
  const until = claim.metadata.annotations?.['guildnet.io/home-retain-until'];
  return until === undefined ? [] : [`the home of workspace ${name} is marked to go, though it is in use`];
}

/** What belongs to a Workspace that is not there. A home may stay for its time, and then has to say so. */
function orphans(api: SimulatedApi): string[] {
  const uids = new Set(api.list('workspaces').map(({ metadata }) => metadata.uid));
  return plurals.flatMap((plural) =>
    api.list(plural).flatMap((object) => {
      const { name, labels, ownerReferences, annotations } = object.metadata;
      const id = labels?.['guildnet.io/id'];
      const owner = ownerReferences?.find((one) => one.kind === 'Workspace');
      if (owner !== undefined && !uids.has(owner.uid)) return [`${object.kind} ${name} outlived its workspace`];
      if (plural === 'pods' && id !== undefined && api.get('workspaces', id) === undefined)
        return [`pod ${name} is left`];
      const kept = annotations?.['guildnet.io/home-retain-until'] !== undefined;
      if (plural === 'persistentvolumeclaims' && api.get('workspaces', id ?? '') === undefined && !kept)
        return [`claim ${name} does not say how long it is kept`];
      return [];
    }),
  );
}

/** Homes whose time is over by then, and which are still there. One under the name of a Workspace is left to that. */
export function forgottenHomes(api: SimulatedApi, now: number): string[] {
  return api.list('persistentvolumeclaims').flatMap(({ metadata }) => {
    if (api.get('workspaces', metadata.labels?.['guildnet.io/id'] ?? '') !== undefined) return [];
    const until = metadata.annotations?.['guildnet.io/home-retain-until'];
    return until !== undefined && new Date(until).getTime() < now
      ? [`claim ${metadata.name} was to go at ${until}`]
      : [];
  });
}

function pluralOf({ kind }: Stored): Plural {
  const found = plurals.find((plural) => resources[plural].kind === kind);
  if (found === undefined) throw new TypeError(`the simulation does not know the kind ${kind}`);
  return found;
}

function copy<T>(object: T): T {
  return JSON.parse(JSON.stringify(object)) as T;
}
