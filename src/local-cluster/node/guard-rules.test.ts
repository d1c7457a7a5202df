import { expect, it } from 'vitest';
import { nodeSubnet } from '../network-plan.ts';
import { guardEntrances, guardRules } from './guard-rules.ts';

const ports = { etcd: 2379, etcdPeer: 2380, apiServer: 6443, controllerManager: 10257 };
const lines = guardRules({ address: '10.95.3.2', ports }, nodeSubnet(3)).split('\n');
const toNode = lines.filter((line) => line.startsWith('-A GUILDNET-NODE'));

it('lets pods reach DNS and the API server on the node, and nothing else that listens there', () => {
  const open = toNode
    .filter((line) => line.endsWith('RETURN'))
    .flatMap((line) => /-p (\w+).*--dport (\d+)/.exec(line)?.slice(1).join(' ') ?? []);
  expect(open).toEqual(['udp 53', 'tcp 53', 'tcp 6443']);
  expect(toNode.at(-1)).toContain('-j REJECT');
});

it('keeps them from the host’s end and from where clouds give out credentials', () => {
  const refused = lines.filter((line) => line.startsWith('-A GUILDNET-BEYOND'));
  expect(refused.map((line) => / -d (\S+) -j REJECT/.exec(line)?.[1])).toEqual(['10.95.3.1', '169.254.0.0/16']);
});

it('is one transaction, entered by what pods send only', () => {
  expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual(['*filter', 'COMMIT', '']);
  for (const entrance of guardEntrances) expect(entrance).toContain('veth+');
});
