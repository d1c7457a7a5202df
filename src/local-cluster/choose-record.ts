import { GuildNetError } from '#contract/errors.ts';
import type { ClusterRecord } from './cluster-record.ts';
import { chooseFreePorts, isPortFree } from './free-port.ts';
import type { Level } from './cluster-interface.ts';
import { chooseSubnet } from './network-plan.ts';
import { takenRanges } from './node/host-network.ts';

/** Ports of the node's own network, where nobody else can be. */
const nodeLevelPorts = { etcd: 2379, etcdPeer: 2380, apiServer: 6443, controllerManager: 10257 };

/**
 * The record to go on with: the remembered one as far as it still holds, else new choices.
 * `inUse` says that the cluster itself runs, so that its own ports do not look taken.
 */
export async function chooseRecord(
  { name, machineName }: { name: string; machineName: string },
  level: Level,
  existing: ClusterRecord | undefined,
  inUse: boolean,
): Promise<ClusterRecord> {
  if (existing !== undefined && existing.level !== level) {
    throw new GuildNetError('conflict', `The cluster "${name}" was made at level ${existing.level}, not ${level}.`, {
      remedy: 'Choose another --name, or forget this one with `guildnet cluster reset`.',
    });
  }
  if (existing !== undefined && inUse) return existing;
  if (level === 'node')
    return { name, level, ports: nodeLevelPorts, subnet: await freeSubnet(name, machineName, existing?.subnet) };
  if (existing !== undefined) {
    const free = await Promise.all(Object.values(existing.ports).map((port) => isPortFree(port)));
    if (free.every(Boolean)) return existing;
  }
  const [etcd = 0, etcdPeer = 0, apiServer = 0, controllerManager = 0] = await chooseFreePorts(4);
  return { name, level, ports: { etcd, etcdPeer, apiServer, controllerManager } };
}

async function freeSubnet(name: string, machineName: string, remembered: number | undefined): Promise<number> {
  const subnet = chooseSubnet(name, await takenRanges(machineName), remembered);
  if (subnet !== undefined) return subnet;
  throw new GuildNetError(
    'address_in_use',
    'All of 10.95.0.0/16 is in use here, and the local cluster needs four addresses of it.',
    {
      remedy: 'Free a part of that range: see `ip -4 route` for who uses it.',
    },
  );
}
