import { apiClient } from '../api/api-client.ts';
import type { ClusterPlan, NodePrograms } from '../cluster-plan.ts';
import { componentProcesses, type ComponentProcesses } from '../component-processes.ts';
import type { ComponentName } from '../components/component.ts';
import { componentOf } from '../components/levels.ts';
import { awaitControllers, startControlPlane } from '../control-plane.ts';
import type { ImageManifest } from '../image/image-layout.ts';
import { importImages } from '../image/import-images.ts';
import { makePrivateFolder } from '../own-folder.ts';
import { waitUntil } from '../wait-until.ts';
import type { Work } from '../work.ts';
import { writeConfig } from '../write-file.ts';
import { clusterObjects } from './cluster-objects.ts';
import { guardNode } from './guard-node.ts';
import { addHostRules, connectNode } from './host-network.ts';
import { useForwarding } from './host-forwarding.ts';
import { nodeNamespaces } from './namespaces.ts';
import { hasOtherAddress, isReadySince } from './node-ready.ts';
import { resolvConfText, upstreamNameServers } from './resolv-conf.ts';

export interface NodeInputs {
  plan: ClusterPlan;
  programs: NodePrograms;
  subnet: number;
  images: readonly ImageManifest[];
  /** Folders the node must see: state and cache. */
  keep: readonly string[];
}

/** Starts what is not running of a whole cluster, and resolves when its node is Ready. True when something was started. */
export async function startNode(inputs: NodeInputs, work: Work): Promise<boolean> {
  const { plan, programs, images } = inputs;
  const upstream = await upstreamNameServers();
  const fresh = await ensureNamespaces(inputs, upstream, work);
  const processes = componentProcesses(plan, nodeNamespaces(plan).launch);
  const component = (name: ComponentName) => componentOf(plan, name, upstream);

  const runtime = async (): Promise<boolean> => {
    const started = await processes.start(component('containerd'));
    await processes.healthy(component('containerd'), work.signal);
    return (await importImages(plan, programs, images, work)) || started;
  };
  const [runtimeStarted, controlStarted] = await Promise.all([runtime(), startControlPlane(plan, processes, work)]);

  const rest = [
    'kube-scheduler',
    'kubelet',
    'kube-proxy',
    'network-policies',
    'coredns',
    'local-path-provisioner',
  ] as const;
  // The objects hold the rights of the components that start next, so they are there before them.
  if (fresh || controlStarted || !(await allRunning(processes, rest))) await applyObjects(plan);
  const before = Date.now();
  const restarted = new Set<ComponentName>();
  for (const name of rest) {
    if (name === 'kube-proxy') await awaitNewAddress(plan, processes, work);
    if (await processes.start(component(name))) restarted.add(name);
  }
  const started = fresh || runtimeStarted || controlStarted || restarted.size > 0;
  if (started) work.report({ step: 'Waiting for the node to be Ready' });
  await Promise.all([
    awaitControllers(plan, processes, work),
    // What the API says of the node may be from before the kubelet ended.
    awaitNodeReady(plan, processes, restarted.has('kubelet') ? before : 0, work),
    ...rest.map((name) => processes.healthy(component(name), work.signal)),
  ]);
  return started;
}

/** The node's namespaces and its way to the world. True when they are new. */
async function ensureNamespaces(
  { plan, programs, subnet, keep }: NodeInputs,
  upstream: readonly string[],
  work: Work,
): Promise<boolean> {
  const { paths } = plan;
  for (const folder of [paths.kubelet, paths.podLogs, paths.containerdRoot, paths.cniLeases, paths.volumes]) {
    // Files of workspaces are in there.
    await makePrivateFolder(folder);
  }
  await writeConfig(paths.resolvConf, resolvConfText(upstream), 0o644);
  const namespaces = nodeNamespaces(plan);
  const fresh = await namespaces.ensure(programs, keep);
  if (fresh) {
    work.report({ step: 'Making the node' });
    const init = await namespaces.init();
    if (init !== undefined) await connectNode(plan.machineName, subnet, init.pid);
  }
  await addHostRules(plan.machineName, subnet);
  await guardNode(namespaces, subnet, plan);
  await useForwarding(paths.root);
  return fresh;
}

async function allRunning(processes: ComponentProcesses, names: readonly ComponentName[]): Promise<boolean> {
  return (await Promise.all(names.map((name) => processes.running(name)))).every(Boolean);
}

async function applyObjects(plan: ClusterPlan): Promise<void> {
  const api = await apiClient(plan);
  // In order: a namespace comes before what is in it.
  for (const { path, object } of clusterObjects(plan)) await api.apply(path, object);
}

/**
 * A cluster whose subnet was taken meanwhile gets another, and until the kubelet has told, the API has the old one: kube-proxy ends
 * when the node's address changes under it.
 */
async function awaitNewAddress(plan: ClusterPlan, processes: ComponentProcesses, work: Work): Promise<void> {
  const api = await apiClient(plan);
  const isOld = async (): Promise<boolean> =>
    hasOtherAddress((await api.get(`/api/v1/nodes/${plan.nodeName}`)).body, plan.address);
  await waitUntil(async () => !(await isOld()), {
    what: 'the node to have its new address',
    timeoutMs: 120_000,
    signal: work.signal,
    remedy: `See ${processes.logOf('kubelet')}.`,
  });
}

async function awaitNodeReady(
  plan: ClusterPlan,
  processes: ComponentProcesses,
  since: number,
  work: Work,
): Promise<void> {
  const api = await apiClient(plan);
  await waitUntil(async () => isReadySince((await api.get(`/api/v1/nodes/${plan.nodeName}`)).body, since), {
    what: 'the node to be Ready',
    timeoutMs: 120_000,
    signal: work.signal,
    remedy: `See ${processes.logOf('kubelet')}.`,
  });
}
