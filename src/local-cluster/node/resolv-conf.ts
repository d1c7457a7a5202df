import { readIfPresent } from '../write-file.ts';

const systemdUpstream = '/run/systemd/resolve/resolv.conf';

/** The name servers named in a resolv.conf that can be asked from another network: a loopback address means each network's own. */
export function reachableNameServers(resolvConf: string): string[] {
  const servers = [...resolvConf.matchAll(/^\s*nameserver\s+(\S+)/gm)].flatMap(([, address]) => address ?? []);
  return servers.filter((address) => !address.startsWith('127.') && address !== '::1' && !address.startsWith('fe80:'));
}

/** The name servers for the node: the host's, or, where the host asks a stub of its own, those that the stub asks. */
export async function upstreamNameServers(): Promise<string[]> {
  const direct = reachableNameServers((await readIfPresent('/etc/resolv.conf')) ?? '');
  if (direct.length > 0) return direct;
  return reachableNameServers((await readIfPresent(systemdUpstream)) ?? '');
}

/** The node's own resolv.conf. Search domains are left out: pods would ask for every name in each of them. */
export function resolvConfText(servers: readonly string[]): string {
  return servers.map((server) => `nameserver ${server}\n`).join('');
}
