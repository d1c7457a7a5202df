import { nodePorts, type ClusterPlan } from '../cluster-plan.ts';
import type { NodeSubnet } from '../network-plan.ts';

/** The node's ends of the pods' interfaces, as the network plugin names them. */
const fromPods = '-i veth+';

const chains = { toNode: 'GUILDNET-NODE', beyond: 'GUILDNET-BEYOND' } as const;

/**
 * The input of iptables-restore that keeps pods from what is not meant for them. On the node they reach DNS and the API server, which asks
 * who they are; etcd, scheduler, controllers, kubelet and all else refuse them. Beyond it they reach neither the host's end of
 * the way to the node nor link-local addresses, where clouds give out credentials. Pure.
 */
export function guardRules({ address, ports }: Pick<ClusterPlan, 'address' | 'ports'>, { host }: NodeSubnet): string {
  const allowed = (protocol: string, port: number): string =>
    `-A ${chains.toNode} -p ${protocol} -d ${address}/32 --dport ${String(port)} -j RETURN`;
  const refuse = '-j REJECT --reject-with icmp-admin-prohibited';
  return [
    '*filter',
    ...Object.values(chains).map((chain) => `:${chain} - [0:0]`),
    `-A ${chains.toNode} -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN`,
    allowed('udp', nodePorts.dns),
    allowed('tcp', nodePorts.dns),
    allowed('tcp', ports.apiServer),
    `-A ${chains.toNode} -p icmp -j RETURN`,
    `-A ${chains.toNode} ${refuse}`,
    ...[host, '169.254.0.0/16'].map((range) => `-A ${chains.beyond} -d ${range} ${refuse}`),
    'COMMIT',
    '',
  ].join('\n');
}

/** Where those chains are entered, before all others: what iptables' -C and -I take. */
export const guardEntrances: readonly (readonly string[])[] = [
  ['INPUT', ...fromPods.split(' '), '-j', chains.toNode],
  ['FORWARD', ...fromPods.split(' '), '-j', chains.beyond],
];
