import type { V1Container, V1Deployment, V1ObjectMeta, V1PodSpec } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import { isStopped } from '#contract/run-mode.ts';
import { labels } from '#contract/workspace.ts';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { containerName } from './container-name.ts';
import { envVars } from './env.ts';
import { homePath, looksLikeJupyter } from '../home/home-path.ts';
import { homeVolume } from '../home/home-volume.ts';
import { imagePullPolicy } from './image.ts';
import { ownedMeta, ownLabels } from './ownership.ts';
import type { SignIn } from './password.ts';
import { plain } from './plain.ts';
import { marksOf } from './pod-marks.ts';
import { containerPorts } from './ports.ts';
import { probes } from './probes.ts';
import { resources } from './resources.ts';
import { tolerations } from './scheduling.ts';
import { sharedMemory } from './shared-memory.ts';
import { containerSecurityContext, podSecurityContext } from './security.ts';

/** The Deployment of a Workspace: one pod while it runs, none while it is stopped. */
export function deployment(workspace: Workspace, config: OperatorConfig, signIn?: SignIn): V1Deployment {
  const { name } = workspace.metadata;
  const template = { metadata: podMeta(workspace), spec: podSpec(workspace, config, signIn) };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...ownedMeta(workspace), annotations: marksOf(workspace, template) },
    spec: {
      replicas: isStopped(workspace.spec) ? 0 : 1,
      revisionHistoryLimit: 1,
      // Two pods of one workspace would share its home, and a ReadWriteOnce volume does not let them.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: { [labels.id]: name } },
      template,
    },
  };
}

/** A restart is a new value of the annotation: it makes another pod template, and so another pod. */
function podMeta({ metadata }: Workspace): V1ObjectMeta {
  const restartedAt = metadata.annotations?.[annotations.restartedAt];
  return {
    labels: ownLabels(metadata.name),
    ...(restartedAt === undefined ? {} : { annotations: { [annotations.restartedAt]: restartedAt } }),
  };
}

function podSpec(workspace: Workspace, config: OperatorConfig, signIn: SignIn | undefined): V1PodSpec {
  const { spec } = workspace;
  const home = homeVolume(workspace);
  const pullSecrets = imagePullSecrets(spec, config);
  return {
    containers: [container(workspace, config, signIn)],
    securityContext: podSecurityContext(),
    tolerations: tolerations(spec),
    // Variables for every Service of the namespace would tell a workspace of its neighbours and slow its start.
    enableServiceLinks: false,
    // A workspace runs foreign code: it gets a token for the cluster only with a service account that was asked for.
    automountServiceAccountToken: spec.serviceAccountName !== undefined,
    // IDEs save as you type and stop on SIGTERM; nobody wants to wait half a minute for a shell that ignores it.
    terminationGracePeriodSeconds: 10,
    ...(spec.serviceAccountName === undefined ? {} : { serviceAccountName: spec.serviceAccountName }),
    ...(spec.nodeSelector === undefined ? {} : { nodeSelector: spec.nodeSelector }),
    ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets }),
    volumes: [...home.volumes, sharedMemory(spec).volume],
  };
}

function container(workspace: Workspace, config: OperatorConfig, signIn: SignIn | undefined): V1Container {
  const { spec } = workspace;
  const home = homeVolume(workspace);
  const ports = containerPorts(spec);
  return {
    name: containerName,
    image: spec.image,
    imagePullPolicy: spec.imagePullPolicy ?? imagePullPolicy(spec.image),
    ...(spec.command === undefined ? {} : { command: spec.command }),
    ...(spec.args === undefined ? {} : { args: spec.args }),
    // Jupyter keeps notebooks where it is started, which is some folder of the image's.
    ...(looksLikeJupyter(spec.image) ? { workingDir: homePath(spec) } : {}),
    env: [...envVars(workspace, config, signIn), ...home.variables],
    ...(spec.envFrom === undefined ? {} : { envFrom: plain(spec.envFrom) }),
    ports,
    // The end of its log comes with the pod's status when it fails: the explanation needs no second request, nor the right to logs.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    resources: resources(spec),
    volumeMounts: [...home.volumeMounts, sharedMemory(spec).mount],
    securityContext: containerSecurityContext(),
    ...probes(spec, ports),
  };
}

/** Specification, "Useful Environment Variables": K8S_IMAGE_PULL_SECRET joins the workspace's own. */
function imagePullSecrets(spec: WorkspaceSpec, config: OperatorConfig): { name: string }[] {
  const names = [
    ...(spec.imagePullSecrets ?? []).map((secret) => secret.name),
    ...(config.imagePullSecret === undefined ? [] : [config.imagePullSecret]),
  ];
  return [...new Set(names)].map((name) => ({ name }));
}
