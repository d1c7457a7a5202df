import type { Phase, WorkspaceStatus } from '#contract/workspace.ts';
import type { World } from '#host/kube/world.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';

/** Resolves with the status of a Workspace once it has the phase. */
export async function reached(
  { world }: { world: Pick<World, 'workspaces'> },
  name: string,
  phase: Phase,
  timeoutMs = 20_000,
): Promise<WorkspaceStatus> {
  const status = (): WorkspaceStatus | undefined => world.workspaces.get(name)?.status;
  return waitUntil(
    () => {
      const now = status();
      return now?.phase === phase ? now : undefined;
    },
    { what: `${name} to be ${phase}`, timeoutMs, explain: () => JSON.stringify(status()) },
  );
}
