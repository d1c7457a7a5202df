import type { V1Pod } from '@kubernetes/client-node';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import type { Workspace } from '#contract/workspace.ts';
import { containerPorts, schemeOf } from '../../operator/desired/ports.ts';
import { probeChoice } from '../../operator/desired/probes.ts';
import { isReady } from '../../operator/standing.ts';
import type { IdeUrl } from '../server-view.ts';

/** The ports that a workspace declares, with where each is shown. Of the first, which is probed, it is told whether it is open. Pure. */
export function portsOf(
  { metadata, spec }: Pick<Workspace, 'metadata' | 'spec'>,
  pod: V1Pod | undefined,
  ideUrl: IdeUrl,
): WorkspacePort[] {
  const isProbed = probeChoice(spec).kind !== 'none';
  return containerPorts(spec).map((port, at) => ({
    port: port.containerPort,
    name: port.name,
    protocol: port.protocol,
    scheme: schemeOf(port),
    ...(at === 0 && isProbed && pod !== undefined ? { listening: isReady(pod) } : {}),
    ...(port.protocol === 'TCP' ? { url: ideUrl(metadata.name, port.containerPort) } : {}),
  }));
}
