import { networkInterfaces } from 'node:os';
import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';
import { nodeSubnet } from '../network-plan.ts';
import { runCommand, tryCommand } from '../run-command.ts';
import { findProgram } from '../system-packages.ts';
import { deletionsOf, hostRules, type HostRule } from './host-rules.ts';

/** The host's end of the pair; the index keeps clusters apart, and a name may have no more than 15 characters. */
function hostInterfaceOf(subnetIndex: number): string {
  return `guildnet${subnetIndex}`;
}

const routesSchema = listOf(
  z.object({ dst: textOf(longest.token), dev: textOf(longest.token).optional() }),
  most.inAList,
);

const linksSchema = listOf(
  z.object({ ifname: textOf(longest.token), ifalias: textOf(longest.reason).optional() }),
  most.inAList,
);

/**
 * The cluster's interfaces on the host, also one that was left by a node that was killed. Its alias says whose it is: a cluster of
 * another state folder may have taken the subnet meanwhile, and then the interface of that name is not ours.
 */
async function ownInterfaces(machineName: string): Promise<string[]> {
  const listed = await runCommand(ip(), ['-json', 'link', 'show'], { doing: 'Reading the network interfaces' });
  const links = linksSchema.parse(JSON.parse(listed === '' ? '[]' : listed));
  return links.filter(({ ifalias }) => ifalias === machineName).map(({ ifname }) => ifname);
}

/** Every range of addresses that the host uses, except by the cluster itself. */
export async function takenRanges(machineName: string): Promise<string[]> {
  const own = await ownInterfaces(machineName);
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, entries]) =>
    own.includes(name) ? [] : (entries ?? []).flatMap(({ cidr }) => cidr ?? []),
  );
  const listed = await runCommand(ip(), ['-json', '-4', 'route', 'show', 'table', 'main'], {
    doing: 'Reading the routes',
  });
  const routes = routesSchema.parse(JSON.parse(listed === '' ? '[]' : listed));
  return [...addresses, ...routes.filter(({ dev }) => dev === undefined || !own.includes(dev)).map(({ dst }) => dst)];
}

/** Joins the network namespace of `pid` to the host. The pair goes with the namespace. */
export async function connectNode(machineName: string, subnetIndex: number, pid: number): Promise<void> {
  const name = hostInterfaceOf(subnetIndex);
  const { host, node, prefixLength } = nodeSubnet(subnetIndex);
  // One that is left from a node that was killed a moment ago.
  await disconnectNode(machineName);
  await batch(
    [ip()],
    [
      `link add ${name} type veth peer name eth0 netns ${pid}`,
      `link set ${name} alias ${machineName}`,
      `address add ${host}/${prefixLength} dev ${name}`,
      `link set ${name} up`,
    ],
  );
  await batch(
    ['nsenter', '--target', String(pid), '--net', '--', ip()],
    [
      'link set lo up',
      `address add ${node}/${prefixLength} dev eth0`,
      'link set eth0 up',
      `route add default via ${host}`,
    ],
  );
}

export async function disconnectNode(machineName: string): Promise<void> {
  for (const name of await ownInterfaces(machineName)) {
    // It may be gone by itself since: the kernel is just tearing the other end's namespace down.
    await tryCommand(ip(), ['link', 'delete', name]);
  }
}

/** Puts the rules in place, at the top of their chains: a firewall that refuses everything at the end stays in force for all else. */
export async function addHostRules(machineName: string, subnetIndex: number): Promise<void> {
  const rules = hostRules(machineName, nodeSubnet(subnetIndex), hostInterfaceOf(subnetIndex));
  const present = await Promise.all(
    rules.map(async (rule) => (await tryCommand(iptables(), command('-C', rule))).code === 0),
  );
  if (present.every(Boolean)) return;
  await removeHostRules(machineName);
  // The last one first, since each goes above those before it.
  for (const rule of rules.toReversed()) {
    await runCommand(iptables(), command('-I', rule), { doing: 'Letting pods reach the network' });
  }
}

export async function removeHostRules(machineName: string): Promise<void> {
  for (const table of ['nat', 'filter']) {
    const listing = await tryCommand(iptables(), ['-w', '-t', table, '-S']);
    // No iptables, no rules of ours.
    if (listing.code !== 0) continue;
    for (const deletion of deletionsOf(listing.stdout, machineName)) {
      await runCommand(iptables(), ['-w', '-t', table, ...deletion], {
        doing: 'Removing a firewall rule of the cluster',
      });
    }
  }
}

function command(action: '-C' | '-I', { table, chain, match }: HostRule): string[] {
  return ['-w', '-t', table, action, chain, ...match];
}

async function batch([program, ...args]: readonly [string, ...string[]], lines: readonly string[]): Promise<void> {
  await runCommand(program, [...args, '-batch', '-'], {
    input: `${lines.join('\n')}\n`,
    doing: 'Connecting the node to this machine',
  });
}

function ip(): string {
  return findProgram('ip') ?? 'ip';
}

function iptables(): string {
  return findProgram('iptables') ?? 'iptables';
}
