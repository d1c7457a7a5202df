import type { V1Deployment, V1Ingress, V1Secret, V1Service } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { deployment } from './deployment.ts';
import { ingress } from './ingress.ts';
import { networkPolicy } from './network-policy.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { passwordSecret } from './password.ts';
import type { SignIn } from './password.ts';
import { service } from './service.ts';

export interface Desired {
  /** First: a pod that comes before its Secret waits for the kubelet's next try. */
  secret?: V1Secret;
  deployment: V1Deployment;
  service: V1Service;
  ingress?: V1Ingress;
  networkPolicy?: NetworkPolicy;
}

/**
 * All that shall exist for a Workspace, whatever exists now but for the random secret that it may have (`signIn`); its home, which
 * outlives it, is in `../home`. Pure: equal inputs give equal objects.
 */
export function desired(workspace: Workspace, config: OperatorConfig, signIn?: SignIn): Desired {
  const secret = passwordSecret(workspace, config, signIn);
  const entry = ingress(workspace, config);
  const policy = networkPolicy(workspace, config);
  return {
    ...(secret === undefined ? {} : { secret }),
    deployment: deployment(workspace, config, signIn),
    service: service(workspace, config),
    ...(entry === undefined ? {} : { ingress: entry }),
    ...(policy === undefined ? {} : { networkPolicy: policy }),
  };
}
