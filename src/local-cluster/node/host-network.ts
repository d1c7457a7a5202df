import { networkInterfaces } from 'node:os';
import { z } from 'zod';
import { nodeSubnet } from '../network-plan.ts';
import { runCommand, tryCommand } from '../run-command.ts';
import { findProgram } from '../system-packages.ts';
import { deletionsOf, hostRules, type HostRule } from './host-rules.ts';

/** The host's end of the pair; the index keeps clusters apart, and a name may have no more than 15 characters. */
export function hostInterfaceOf(subnetIndex: number): string {
  return `guildnet${subnetIndex}`;
}

const routesSchema = z.array(z.object({ dst: z.string(), dev: z.string().optional() }));

/** Every range of addresses that the host uses, except through `ownInterface`. */
export async function takenRanges(ownInterface: string | undefined): Promise<string[]> {
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, entries]) =>
    name === ownInterface ? [] : (entries ?? []).flatMap(({ cidr }) => cidr ?? []),
  );
  const listed = await runCommand(ip(), ['-json', '-4', 'route', 'show', 'table', 'main'], {
    doing: 'Reading the routes',
  });
  const routes = routesSchema.parse(JSON.parse(listed === '' ? '[]' : listed));
  return [...addresses, ...routes.filter(({ dev }) => dev === undefined || dev !== ownInterface).map(({ dst }) => dst)];
}

/** Joins the network namespace of `pid` to the host. The pair goes with the namespace. */
export async function connectNode(subnetIndex: number, pid: number): Promise<void> {
  const name = hostInterfaceOf(subnetIndex);
  const { host, node, prefixLength } = nodeSubnet(subnetIndex);
  // One that is left from a node that was killed a moment ago.
  await disconnectNode(subnetIndex);
  await batch(
    [ip()],
    [
      `link add ${name} type veth peer name eth0 netns ${pid}`,
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

export async function disconnectNode(subnetIndex: number): Promise<void> {
  const name = hostInterfaceOf(subnetIndex);
  const { code } = await tryCommand(ip(), ['link', 'show', name]);
  // It may go by itself between the two commands: the kernel is just tearing the other end's namespace down.
  if (code === 0) await tryCommand(ip(), ['link', 'delete', name]);
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
