import type { ClusterPlan, NodePrograms } from '../cluster-plan.ts';
import { componentNames, type Component, type ComponentName } from './component.ts';
import { containerd } from './containerd.ts';
import { coredns } from './coredns.ts';
import { etcd } from './etcd.ts';
import { kubeApiserver } from './kube-apiserver.ts';
import { kubeControllerManager } from './kube-controller-manager.ts';
import { kubeProxy } from './kube-proxy.ts';
import { kubeScheduler } from './kube-scheduler.ts';
import { kubelet } from './kubelet.ts';
import { localPathProvisioner } from './local-path-provisioner.ts';
import { networkPolicies } from './network-policies.ts';

/** Which components a level has. */
export function componentNamesOf(level: ClusterPlan['level']): ComponentName[] {
  return level === 'node' ? [...componentNames] : ['etcd', 'kube-apiserver', 'kube-controller-manager'];
}

/** One component of a plan. `upstream` are the name servers CoreDNS asks about the rest of the world. */
export function componentOf(plan: ClusterPlan, name: ComponentName, upstream: readonly string[]): Component {
  const node = (): NodePrograms => {
    if (plan.programs.node === undefined) throw new TypeError(`${name} is a component of the node level only`);
    return plan.programs.node;
  };
  switch (name) {
    case 'etcd':
      return etcd(plan);
    case 'kube-apiserver':
      return kubeApiserver(plan);
    case 'kube-controller-manager':
      return kubeControllerManager(plan);
    case 'kube-scheduler':
      return kubeScheduler(plan);
    case 'containerd':
      return containerd(plan, node());
    case 'kubelet':
      return kubelet(plan);
    case 'kube-proxy':
      return kubeProxy(plan);
    case 'network-policies':
      return networkPolicies(plan);
    case 'coredns':
      return coredns(plan, node(), upstream);
    case 'local-path-provisioner':
      return localPathProvisioner(plan, node());
  }
}
