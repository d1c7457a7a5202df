import { GuildNetError } from '#contract/errors.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';

/**
 * Refuses a port that the workspace declares for another protocol than TCP: Kubernetes forwards TCP alone (`pods/portforward`), and what
 * listens here would accept connections that come to nothing. Throws `unsupported`.
 */
export function checkProtocol(id: string, ports: NonNullable<WorkspaceSpec['ports']>, port: number): void {
  const protocol = ports.find(({ containerPort }) => containerPort === port)?.protocol ?? 'TCP';
  if (protocol === 'TCP') return;
  throw new GuildNetError('unsupported', `The port ${String(port)} of ${id} is one for ${protocol}.`, {
    remedy: `Kubernetes forwards TCP alone. In the cluster it is reached by the Service ${id}; if it speaks TCP, too, declare it so in spec.ports.`,
    details: { id, port, protocol },
  });
}
