import type { V1Service } from '@kubernetes/client-node';
import { GuildNetError } from '#contract/errors.ts';
import type { PortScheme } from '#contract/port-scheme.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { ProxyAsk } from '../forms/ask.ts';
import { agentHostOf } from './agent-host.ts';
import { askedPort, preferredPort, schemeFor, servicePorts, specPorts } from './known-port.ts';
import type { KnownPort } from './known-port.ts';
import type { Tell } from './step.ts';

export type ServerAsk = Extract<ProxyAsk, { kind: 'server' }>;

export interface ServerFacts {
  ask: ServerAsk;
  namespace: string;
  workspace: Workspace | undefined;
  /** The Service of the workspace's name. Where there is no workspace: one of that name, or with that value of `guildnet.io/id`. */
  service: V1Service | undefined;
}

export type ServerChoice =
  /** The workspace's own pod. */
  | { kind: 'own'; workspace: Workspace; service: V1Service | undefined; port: KnownPort; scheme: PortScheme }
  /** A Service that belongs to no workspace. */
  | { kind: 'service'; service: V1Service; port: KnownPort; scheme: PortScheme }
  /** Another host, which remains to be placed: in the cluster or outside. */
  | { kind: 'host'; host: string; port: number; scheme: PortScheme };

function unknown({ id }: ServerAsk): GuildNetError {
  return new GuildNetError('not_found', `There is no workspace "${id}".`, {
    remedy: 'It may have been deleted; the list shows what there is.',
    details: { id },
  });
}

function isOf(service: V1Service, { metadata }: Workspace): boolean {
  return service.metadata?.ownerReferences?.some(({ uid }) => uid === metadata.uid) ?? false;
}

/** The port of a Service that is asked for, or its preferred one. Throws `bad_target` naming those that it has. */
export function portOfService(service: V1Service, asked: number | undefined): KnownPort {
  const ports = servicePorts(service);
  const port = asked === undefined ? preferredPort(ports) : ports.find((one) => one.port === asked);
  if (port !== undefined) return port;
  const name = service.metadata?.name ?? '';
  const has = ports.length === 0 ? 'It has no TCP port.' : `It has ${ports.map((one) => one.port).join(', ')}.`;
  throw new GuildNetError('bad_target', `The Service ${name} has no port ${String(asked ?? '')}. ${has}`, {
    remedy: 'Ask for one of its ports, or add this one to the Service.',
    details: { service: name, ports: ports.map((one) => one.port) },
  });
}

function ofNoWorkspace({ ask, service }: ServerFacts, tell: Tell): ServerChoice {
  if (service === undefined) {
    tell({ rule: 'service', outcome: 'refused', why: `There is no workspace and no Service "${ask.id}".` });
    throw unknown(ask);
  }
  const port = portOfService(service, ask.port);
  tell({
    rule: 'service',
    outcome: 'taken',
    why: `There is no workspace "${ask.id}", but a Service ${service.metadata?.name ?? ''}; its port ${String(port.port)}.`,
  });
  return { kind: 'service', service, port, scheme: schemeFor(port, ask.scheme) };
}

/**
 * Where `{id}` leads, in the specification's order ("Proxy Resolution Order"): 1) the Service by id, name or label; 2) AGENT_HOST, with
 * the port it names or one of the workspace's; 3) `<id>.<namespace>.svc.cluster.local` on one of the workspace's ports. A port that is
 * asked for is the workspace's own, so 2) does not count for it. Throws `not_found`, `bad_target`, or `unsupported` with what to set.
 */
export function chooseServer(facts: ServerFacts, tell: Tell): ServerChoice {
  const { ask, namespace, workspace, service } = facts;
  if (workspace === undefined) return ofNoWorkspace(facts, tell);
  const { id } = ask;
  if (workspace.metadata.deletionTimestamp !== undefined) {
    tell({ rule: 'service', outcome: 'refused', why: 'The workspace is being deleted.' });
    throw new GuildNetError('not_found', `The workspace ${id} is being deleted.`, {
      details: { id, phase: 'Terminating' },
    });
  }
  const ownService = service !== undefined && isOf(service, workspace) ? service : undefined;
  const own = (port: KnownPort): ServerChoice => ({
    kind: 'own',
    workspace,
    service: ownService,
    port,
    scheme: schemeFor(port, ask.scheme),
  });

  const found = servicePorts(ownService);
  const served = ask.port === undefined ? preferredPort(found) : askedPort(ask.port, found);
  if (served !== undefined && found.length > 0) {
    tell({ rule: 'service', outcome: 'taken', why: `Port ${String(served.port)} of the workspace's Service.` });
    return own(served);
  }
  tell({ rule: 'service', outcome: 'passed', why: whyNoService(service, workspace) });

  const declared = specPorts(workspace.spec);
  if (ask.port !== undefined) {
    tell({ rule: 'derived', outcome: 'taken', why: `Port ${String(ask.port)} of the workspace's pod, as asked.` });
    return own(askedPort(ask.port, declared));
  }
  const agent = agentHostOf(workspace.spec);
  if (agent.kind === 'known') {
    const { host, port, scheme } = agent.target;
    // Without any declared port it is the specification's default for agents.
    const chosen: KnownPort =
      port === undefined ? (preferredPort(declared) ?? { target: 8080, port: 8080 }) : { target: port, port };
    tell({ rule: 'agent-host', outcome: 'taken', why: `AGENT_HOST names ${host}; port ${String(chosen.port)}.` });
    return { kind: 'host', host, port: chosen.port, scheme: schemeFor(chosen, ask.scheme ?? scheme) };
  }
  tell({ rule: 'agent-host', outcome: agent.kind === 'none' ? 'passed' : 'refused', why: agent.why });

  const derived = preferredPort(declared);
  if (derived !== undefined) {
    const name = `${id}.${namespace}.svc.cluster.local`;
    tell({ rule: 'derived', outcome: 'taken', why: `${name}, port ${String(derived.port)}: the workspace's pod.` });
    return own(derived);
  }
  tell({ rule: 'derived', outcome: 'passed', why: 'The workspace declares no TCP port.' });
  throw new GuildNetError('unsupported', `The workspace ${id} has no TCP port to open.`, {
    remedy:
      'Launch it with a port that its image serves HTTP on, under "expose", or set AGENT_HOST in its environment to the host:port that serves it.',
    details: { id },
  });
}

function whyNoService(service: V1Service | undefined, workspace: Workspace): string {
  if (service === undefined) return 'The workspace has no Service.';
  if (!isOf(service, workspace)) return 'The Service of that name is not the workspace’s.';
  return "The workspace's Service has no TCP port.";
}
