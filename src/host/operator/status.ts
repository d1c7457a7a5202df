import { workspaceStatusSchema } from '#contract/workspace.ts';
import type { WorkspaceStatus } from '#contract/workspace.ts';
import { withoutSecrets } from '../workspaces/hidden-values.ts';
import { conditionsOf } from './conditions.ts';
import { containerPorts, proxyPort, schemeOf } from './desired/ports.ts';
import { isReady, staying } from './standing.ts';
import type { Observed, Standing } from './standing.ts';

/**
 * The status that the workspace shall have. Pure but for `now`, which is used only for conditions that change: an
 * unchanged world gives an equal status, and nothing is written. The fields of others (lastActivity) are not in it.
 */
export function statusOf(observed: Observed, standing: Standing, now: Date): WorkspaceStatus {
  const { workspace, service, pods, externalURL } = observed;
  const clean = withoutSecrets(workspace.spec.env, observed.secrets);
  const { name, namespace, generation } = workspace.metadata;
  const dns = `${name}.${namespace}.svc.cluster.local`;
  const port = proxyPort(containerPorts(workspace.spec));
  const ip = service?.spec?.clusterIP;
  const { pod, failure } = standing;
  const podName = pod?.metadata?.name;
  const nodeName = pod?.spec?.nodeName;
  const status: WorkspaceStatus = {
    phase: standing.phase,
    // Counted here rather than read from the Deployment, which hears of it a round trip later.
    readyReplicas: staying(pods).filter(isReady).length,
    ...(service === undefined ? {} : { serviceDNS: dns }),
    ...(ip === undefined || ip === '' || ip === 'None' ? {} : { serviceIP: ip }),
    ...(service === undefined || port === undefined
      ? {}
      : { proxyTarget: `${schemeOf(port)}://${dns}:${port.containerPort}` }),
    ...(externalURL === undefined ? {} : { externalURL }),
    ...(podName === undefined ? {} : { podName }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(failure === undefined ? {} : { lastError: { ...failure, message: clean(failure.message) } }),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    // Who may look at a Workspace may not look at its Secrets, and programs print what they were given.
    conditions: conditionsOf(observed, standing, now).map((one) => ({ ...one, message: clean(one.message) })),
  };
  // Others' words are of any length: what the CRD does not take is cut off, or the API server would refuse the whole status.
  return workspaceStatusSchema.parse(status);
}
