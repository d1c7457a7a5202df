import type { Constraints } from '#contract/grant.ts';
import { parseQuantity } from '../kube/quantity.ts';
import type { Grant } from './grants.ts';
import { matchesImage } from './image-pattern.ts';
import type { LaunchFacts, Question, WorkspaceFacts } from './question.ts';

/** The field of a grant that is in the way, and why; undefined when it gives what is asked for. */
export type Misfit = { field: string; why: string };

/** Whether a grant that has the action gives it for this workspace, too. `own`: it is the asker's. */
export function misfitOf(grant: Grant, question: Question, own: boolean): Misfit | undefined {
  const { workspace, launch, opened } = question;
  if (workspace === undefined) {
    // Of none in particular: what is about some that are there gives nothing new.
    return question.action === 'launch' && grant.selector.names !== undefined ? onlyNamed : undefined;
  }
  return (
    selects(grant, workspace, own) ??
    (launch === undefined ? undefined : launches(grant.constraints, workspace, launch)) ??
    (opened === undefined ? undefined : opens(grant.constraints, opened))
  );
}

const onlyNamed: Misfit = { field: 'selector.names', why: 'it is about workspaces that are there already' };

function selects({ within, selector }: Grant, workspace: WorkspaceFacts, own: boolean): Misfit | undefined {
  const { name, namespace, image, labels } = workspace;
  if (within !== undefined && within !== namespace)
    return { field: 'namespace', why: `it is of the namespace ${within} and reaches no other` };
  if (selector.names !== undefined && (name === undefined || !selector.names.includes(name)))
    return name === undefined ? onlyNamed : { field: 'selector.names', why: 'it is about other workspaces' };
  if (selector.namespaces !== undefined && !selector.namespaces.includes(namespace))
    return { field: 'selector.namespaces', why: `it is not about the namespace ${namespace}` };
  if (selector.images !== undefined && !isAmong(selector.images, image))
    return { field: 'selector.images', why: 'it is not about this image' };
  const missing = Object.entries(selector.labels ?? {}).find(([key, value]) => labels[key] !== value);
  if (missing !== undefined)
    return { field: 'selector.labels', why: `it is about workspaces with ${missing.join('=')}` };
  if (selector.owner === 'self' && !own)
    return { field: 'selector.owner', why: 'it is about your own workspaces only' };
  return undefined;
}

function isAmong(patterns: readonly string[], image: string): boolean {
  return patterns.some((pattern) => matchesImage(pattern, image));
}

function opens({ ports }: Constraints, opened: number | 'shell'): Misfit | undefined {
  if (ports === undefined) return undefined;
  if (opened === 'shell') return { field: 'constraints.ports', why: 'it opens ports only, and a terminal is none' };
  if (ports.includes(opened)) return undefined;
  return { field: 'constraints.ports', why: `it does not name the port ${String(opened)}` };
}

function launches(limits: Constraints, { image }: WorkspaceFacts, launch: LaunchFacts): Misfit | undefined {
  const { spec, running } = launch;
  if (limits.images !== undefined && !isAmong(limits.images, image))
    return { field: 'constraints.images', why: 'it does not name this image' };
  if (limits.maxWorkspaces !== undefined && running >= limits.maxWorkspaces)
    return {
      field: 'constraints.maxWorkspaces',
      why: `it lets ${String(limits.maxWorkspaces)} run at a time, and ${String(running)} do`,
    };
  const port = spec.ports?.find(({ containerPort }) => limits.ports?.includes(containerPort) === false);
  if (port !== undefined)
    return { field: 'constraints.ports', why: `it does not name the port ${String(port.containerPort)}` };
  return beyondLimit('cpu', limits, spec) ?? beyondLimit('memory', limits, spec) ?? beyondWorkspace(limits, spec);
}

function beyondLimit(what: 'cpu' | 'memory', limits: Constraints, spec: LaunchFacts['spec']): Misfit | undefined {
  const most = limits[what];
  if (most === undefined) return undefined;
  const asked = spec.resources?.limits?.[what];
  const field = `constraints.${what}`;
  if (asked === undefined) return { field, why: `a workspace needs a ${what} limit of at most ${most}` };
  const [amount, bound] = [parseQuantity(asked), parseQuantity(most)];
  if (amount !== undefined && bound !== undefined && amount <= bound) return undefined;
  return { field, why: `a ${what} limit of ${most} is the most` };
}

/** By these a workspace gets at what others have in the namespace, or out of it: they are free for nobody. */
export function beyondWorkspace(limits: Constraints, spec: LaunchFacts['spec']): Misfit | undefined {
  const { serviceAccountName: account, exposure, tolerations = [] } = spec;
  if (account !== undefined && limits.serviceAccounts?.includes(account) !== true)
    return { field: 'constraints.serviceAccounts', why: 'it does not name this ServiceAccount' };
  const node = Object.entries(spec.nodeSelector ?? {}).find(([key, value]) => limits.nodeSelector?.[key] !== value);
  if (node !== undefined) return { field: 'constraints.nodeSelector', why: `it does not name ${node.join('=')}` };
  const secret = secretsOf(spec).find((name) => limits.secrets?.includes(name) !== true);
  if (secret !== undefined)
    return { field: 'constraints.secrets', why: `it does not name the Secret or ConfigMap ${secret}` };
  const type = exposure?.type ?? 'ClusterIP';
  if (type !== 'ClusterIP' && limits.exposures?.includes(type) !== true)
    return { field: 'constraints.exposures', why: `it does not name ${type}` };
  if (tolerations.length > 0) return { field: 'tolerations', why: 'no grant lets a workspace tolerate taints' };
  return undefined;
}

function secretsOf({ env = [], envFrom = [], imagePullSecrets = [] }: LaunchFacts['spec']): string[] {
  return [
    ...env.flatMap(({ valueFrom }) => [valueFrom?.secretKeyRef?.name, valueFrom?.configMapKeyRef?.name]),
    ...envFrom.flatMap(({ secretRef, configMapRef }) => [secretRef?.name, configMapRef?.name]),
    ...imagePullSecrets.map(({ name }) => name),
  ].filter((name) => name !== undefined);
}
