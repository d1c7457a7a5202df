import type { V1Deployment, V1Service } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { deployment } from './deployment.ts';
import { service } from './service.ts';

export interface Desired {
  deployment: V1Deployment;
  service: V1Service;
}

/** All that shall exist for a Workspace, whatever exists now. Pure: equal inputs give equal objects. */
export function desired(workspace: Workspace, config: OperatorConfig): Desired {
  return { deployment: deployment(workspace, config), service: service(workspace) };
}
