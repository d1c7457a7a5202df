import type { ClusterPlan } from '../cluster-plan.ts';
import { componentProcesses } from '../component-processes.ts';
import type { ComponentName } from '../components/component.ts';
import { processesIn, removeCgroups } from './cgroups.ts';
import { releaseForwarding } from './host-forwarding.ts';
import { disconnectNode, removeHostRules } from './host-network.ts';
import { nodeNamespaces } from './namespaces.ts';
import { signalProcess } from '../process/stop-process.ts';
import { waitUntil } from '../wait-until.ts';

/** How long pods may take to end after SIGTERM. They come back with the next `up`, so nobody waits for Kubernetes' usual 30 s. */
const podGraceMs = 5000;

/** Groups that may end together, in the order in which they end: what writes to the API before it, the API before its store. */
const order: readonly (readonly ComponentName[])[] = [
  ['local-path-provisioner', 'coredns', 'network-policies', 'kube-proxy', 'kube-scheduler', 'kube-controller-manager'],
  ['kube-apiserver'],
  ['etcd', 'containerd'],
];

/** Ends a node and removes every trace of it from the host, whatever state it is in. */
export async function stopNode(plan: ClusterPlan): Promise<void> {
  const namespaces = nodeNamespaces(plan);
  const processes = componentProcesses(plan, namespaces.launch);
  if ((await namespaces.init()) !== undefined) {
    // The kubelet first, or it would start the pods again.
    await processes.stop({ name: 'kubelet', graceMs: 5000 });
    await endPods(plan.cgroupRoot);
    for (const group of order) {
      await Promise.all(group.map((name) => processes.stop({ name, graceMs: 10_000 })));
    }
  }
  await namespaces.end();
  for (const name of await processes.records.names()) await processes.records.forget(name);
  await disconnectNode(plan.machineName);
  await removeHostRules(plan.machineName);
  await releaseForwarding(plan.paths.root);
  await removeCgroups(plan.cgroupRoot);
}

/** Asks the processes of all pods to end, so that they can save what they hold. Those that do not are killed with the node. */
async function endPods(cgroupRoot: string): Promise<void> {
  const pods = `${cgroupRoot}/kubepods`;
  for (const pid of await processesIn(pods)) signalProcess(pid, 'SIGTERM');
  const deadline = performance.now() + podGraceMs;
  await waitUntil(async () => performance.now() > deadline || (await processesIn(pods)).length === 0, {
    what: 'the pods to end',
    timeoutMs: podGraceMs * 2,
    intervalMs: 50,
  });
}
