import type { ClusterPlan } from '../cluster-plan.ts';
import { nodeSubnet } from '../network-plan.ts';
import { runCommand, tryCommand } from '../run-command.ts';
import { findProgram } from '../system-packages.ts';
import { guardEntrances, guardRules } from './guard-rules.ts';
import type { nodeNamespaces } from './namespaces.ts';

/** Puts the node's own rules in force; they go with its network namespace. Does nothing where there is no node. */
export async function guardNode(
  namespaces: Pick<ReturnType<typeof nodeNamespaces>, 'init'>,
  subnet: number,
  plan: ClusterPlan,
): Promise<void> {
  const init = await namespaces.init();
  if (init === undefined) return;
  const enter = ['--target', String(init.pid), '--net', '--'];
  const doing = 'Keeping pods from what is not meant for them';
  await runCommand('nsenter', [...enter, findProgram('iptables-restore') ?? 'iptables-restore', '-w', '--noflush'], {
    input: guardRules(plan, nodeSubnet(subnet)),
    doing,
  });
  const iptables = [...enter, findProgram('iptables') ?? 'iptables', '-w'];
  for (const entrance of guardEntrances) {
    if ((await tryCommand('nsenter', [...iptables, '-C', ...entrance])).code !== 0)
      await runCommand('nsenter', [...iptables, '-I', ...entrance], { doing });
  }
}
