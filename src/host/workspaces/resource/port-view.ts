import type { V1Pod } from '@kubernetes/client-node';
import { schemeOfPort } from '#contract/port-scheme.ts';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import type { Workspace } from '#contract/workspace.ts';
import { isForBrowsers } from '../../listening/customary-ports.ts';
import type { OpenPorts } from '../../listening/port-looks.ts';
import { containerPorts, schemeOf } from '../../operator/desired/ports.ts';
import { probeChoice } from '../../operator/desired/probes.ts';
import { isReady } from '../../operator/standing.ts';
import type { IdeUrl } from '../server-view.ts';

/**
 * What is known of a port: by the kubelet, which asks the pod's own address, and by a look through a tunnel, which comes out at its
 * loopback. Programs may listen at one of them alone, so it is open where either says so, and not where nobody does.
 */
function isListening(byKubelet: boolean | undefined, byTunnel: boolean | undefined): boolean | undefined {
  return byKubelet === true || byTunnel === true ? true : (byTunnel ?? byKubelet);
}

/** The ports that a workspace declares, with where each is shown, and then the others that something listens at. Pure. */
export function portsOf(
  { metadata, spec }: Pick<Workspace, 'metadata' | 'spec'>,
  pod: V1Pod | undefined,
  ideUrl: IdeUrl,
  open: OpenPorts = new Map(),
): WorkspacePort[] {
  const isProbed = probeChoice(spec).kind !== 'none';
  const declared = containerPorts(spec).map((port, at): WorkspacePort => {
    const isTcp = port.protocol === 'TCP';
    const byKubelet = at === 0 && isProbed && pod !== undefined ? isReady(pod) : undefined;
    const listening = isListening(byKubelet, isTcp ? open.get(port.containerPort) : undefined);
    return {
      port: port.containerPort,
      name: port.name,
      declared: true,
      protocol: port.protocol,
      scheme: schemeOf(port),
      ...(listening === undefined ? {} : { listening }),
      ...(isTcp ? { url: ideUrl(metadata.name, port.containerPort) } : {}),
    };
  });
  const known = new Set(declared.flatMap(({ port, protocol }) => (protocol === 'TCP' ? [port] : [])));
  const found = [...open]
    .filter(([port, isOpen]) => isOpen && !known.has(port))
    .toSorted(([one], [other]) => one - other)
    .map(
      ([port]): WorkspacePort => ({
        port,
        name: '',
        declared: false,
        protocol: 'TCP',
        scheme: schemeOfPort({ port }),
        listening: true,
        ...(isForBrowsers(port) ? { url: ideUrl(metadata.name, port) } : {}),
      }),
    );
  return [...declared, ...found];
}
