import { apiClient } from './api/api-client.ts';
import type { ClusterPlan } from './cluster-plan.ts';
import { serverUrl } from './cluster-plan.ts';
import type { ComponentProcesses } from './component-processes.ts';
import { etcd } from './components/etcd.ts';
import { kubeApiserver } from './components/kube-apiserver.ts';
import { kubeControllerManager } from './components/kube-controller-manager.ts';
import { ensurePki } from './pki/ensure-pki.ts';
import type { Work } from './work.ts';
import { waitUntil } from './wait-until.ts';

export async function ensureClusterPki(plan: ClusterPlan): Promise<void> {
  await ensurePki(plan.paths, {
    address: plan.address,
    serviceAddress: plan.serviceAddress,
    nodeName: plan.nodeName,
    clusterName: plan.name,
    server: serverUrl(plan),
  });
}

/** Starts etcd, API server and controller manager unless they run, and resolves when the API server is ready. True when something was started. */
export async function startControlPlane(
  plan: ClusterPlan,
  processes: ComponentProcesses,
  work: Work,
): Promise<boolean> {
  work.report({ step: 'Starting the control plane' });
  const [store, server, controllers] = [etcd(plan), kubeApiserver(plan), kubeControllerManager(plan)];
  let started = await processes.start(store);
  // The API server gives up when etcd is not there for long, and asks again only after a second when it is not there at first.
  await processes.healthy(store, work.signal);
  started = (await processes.start(server)) || started;
  await processes.healthy(server, work.signal);
  started = (await processes.start(controllers)) || started;
  return started;
}

/** Resolves when pods can be made: the admission of a pod wants the namespace's default ServiceAccount. */
export async function awaitControllers(plan: ClusterPlan, processes: ComponentProcesses, work: Work): Promise<void> {
  await processes.healthy(kubeControllerManager(plan), work.signal);
  const api = await apiClient(plan);
  await waitUntil(async () => (await api.get('/api/v1/namespaces/default/serviceaccounts/default')).status === 200, {
    what: 'the default ServiceAccount',
    timeoutMs: 60_000,
    signal: work.signal,
    remedy: `See ${processes.logOf('kube-controller-manager')}.`,
  });
}
