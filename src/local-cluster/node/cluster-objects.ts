import { nodePorts, type ClusterPlan } from '../cluster-plan.ts';
import { storageNames } from '../components/local-path-provisioner.ts';

export interface ApiObject {
  path: string;
  object: Record<string, unknown>;
}

const read = ['get', 'list', 'watch'];
const all = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** What the cluster itself needs in the API: rights of the components outside of pods, DNS's Service, the default StorageClass. */
export function clusterObjects(plan: ClusterPlan): ApiObject[] {
  return [...rights(), ...dns(plan), ...storage()];
}

function rights(): ApiObject[] {
  return [
    binding('guildnet-kube-proxy', 'system:node-proxier', 'system:kube-proxy'),
    clusterRole('guildnet-network-policies', [
      { apiGroups: [''], resources: ['pods', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['list', 'watch'] },
    ]),
    binding('guildnet-network-policies', 'guildnet-network-policies', 'guildnet:network-policies'),
    clusterRole('guildnet-coredns', [
      { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ]),
    binding('guildnet-coredns', 'guildnet-coredns', 'guildnet:coredns'),
    clusterRole('guildnet-local-path-provisioner', [
      {
        apiGroups: [''],
        resources: ['nodes', 'persistentvolumeclaims', 'configmaps', 'pods', 'pods/log'],
        verbs: read,
      },
      { apiGroups: [''], resources: ['persistentvolumes', 'pods', 'endpoints'], verbs: all },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: all },
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: read },
    ]),
    binding('guildnet-local-path-provisioner', 'guildnet-local-path-provisioner', 'guildnet:local-path-provisioner'),
  ];
}

function dns(plan: ClusterPlan): ApiObject[] {
  const ports = ['UDP', 'TCP'].map((protocol) => ({
    name: `dns-${protocol.toLowerCase()}`,
    port: nodePorts.dns,
    protocol,
  }));
  const metadata = { name: 'kube-dns', namespace: 'kube-system' };
  return [
    {
      path: '/api/v1/namespaces/kube-system/services/kube-dns',
      object: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { ...metadata, labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/name': 'CoreDNS' } },
        spec: { clusterIP: plan.dnsAddress, ports },
      },
    },
    {
      path: '/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/kube-dns',
      object: {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kube-dns' } },
        addressType: 'IPv4',
        endpoints: [{ addresses: [plan.address] }],
        ports,
      },
    },
  ];
}

function storage(): ApiObject[] {
  const { namespace, configMap } = storageNames;
  const script = (...lines: string[]): string => `${['#!/bin/sh', 'set -eu', ...lines].join('\n')}\n`;
  return [
    {
      path: `/api/v1/namespaces/${namespace}`,
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    },
    {
      path: `/api/v1/namespaces/${namespace}/configmaps/${configMap}`,
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: configMap, namespace },
        // Writable for all, so that a pod without fsGroup finds its volume usable; with one the kubelet narrows it.
        data: { setup: script('mkdir -m 0777 -p "$VOL_DIR"'), teardown: script('rm -rf "$VOL_DIR"') },
      },
    },
    {
      path: '/apis/storage.k8s.io/v1/storageclasses/local-path',
      object: {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: {
          name: 'local-path',
          // The kubelet applies fsGroup to local volumes, not to hostPath ones.
          annotations: { 'storageclass.kubernetes.io/is-default-class': 'true', defaultVolumeType: 'local' },
        },
        provisioner: 'rancher.io/local-path',
        volumeBindingMode: 'WaitForFirstConsumer',
        reclaimPolicy: 'Delete',
      },
    },
  ];
}

const rbac = '/apis/rbac.authorization.k8s.io/v1';

function clusterRole(name: string, rules: readonly Record<string, unknown>[]): ApiObject {
  return {
    path: `${rbac}/clusterroles/${name}`,
    object: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules },
  };
}

function binding(name: string, role: string, user: string): ApiObject {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    path: `${rbac}/clusterrolebindings/${name}`,
    object: {
      apiVersion: `${apiGroup}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup, kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup, kind: 'User', name: user }],
    },
  };
}
