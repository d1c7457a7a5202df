import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ClusterPlan, NodePrograms } from '../cluster-plan.ts';
import { localImages } from '../images.ts';
import { componentEnv, type Component } from './component.ts';

/** Namespace and names that the provisioner's objects have in the cluster. */
export const storageNames = {
  namespace: 'guildnet-storage',
  configMap: 'volume-scripts',
  serviceAccount: 'default',
} as const;

/** Makes a folder below the cluster's state for each volume claim, by short-lived pods. */
export function localPathProvisioner(plan: ClusterPlan, programs: NodePrograms): Component {
  const config = join(plan.paths.config, 'local-path.json');
  const helper = join(plan.paths.config, 'local-path-helper.yaml');
  return {
    name: 'local-path-provisioner',
    command: {
      program: programs.localPathProvisioner,
      args: [
        'start',
        ...['--kubeconfig', join(plan.paths.kubeconfigs, 'local-path-provisioner')],
        ...['--config', config],
        ...['--helper-pod-file', helper],
        ...['--helper-image', localImages.shell],
        ...['--configmap-name', storageNames.configMap],
        ...['--namespace', storageNames.namespace],
        ...['--service-account-name', storageNames.serviceAccount],
      ],
      env: componentEnv(plan),
    },
    files: [
      {
        path: config,
        content: `${JSON.stringify({ nodePathMap: [{ node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: [plan.paths.volumes] }] })}\n`,
      },
      { path: helper, content: helperPod() },
    ],
    health: { kind: 'running' },
    graceMs: 3000,
  };
}

function helperPod(): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'helper-pod' },
    spec: {
      tolerations: [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      // Files in a volume may belong to anyone; only root can remove them all.
      containers: [
        { name: 'helper-pod', image: localImages.shell, imagePullPolicy: 'Never', securityContext: { runAsUser: 0 } },
      ],
    },
  });
}
