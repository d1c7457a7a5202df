import type { SimulatedApi, Write } from './api/api-server.ts';
import type { Stored } from './api/stored.ts';
import type { Disks } from './kubernetes.ts';
import { retentionOf } from './user.ts';

/** Kubernetes' times are whole seconds. */
const slackMs = 1_000;

/**
 * Sees to it that no home is lost, by what the people of the cluster were promised and not by what the operator writes on its
 * claims: what a workspace wrote stays while the workspace is there, and after its deletion for as long as its spec said.
 */
export function watchHomes(
  api: SimulatedApi,
  disks: Disks,
  now: () => number,
  violation: (text: string) => void,
): void {
  /** Until when a claim must be kept, by its uid. */
  const promised = new Map<string, number>();

  const writersOf = (claim: Stored): readonly string[] => disks.get(claim.metadata.uid) ?? [];
  const promise = (workspace: Stored): void => {
    const retain = retentionOf(workspace.spec);
    if (retain === undefined) return;
    for (const claim of api.list('persistentvolumeclaims')) {
      if (!writersOf(claim).includes(workspace.metadata.uid)) continue;
      promised.set(claim.metadata.uid, Math.max(promised.get(claim.metadata.uid) ?? 0, now() + retain));
    }
  };
  const judge = (claim: Stored): void => {
    if (writersOf(claim).length === 0) return;
    const until = promised.get(claim.metadata.uid) ?? 0;
    const { name } = claim.metadata;
    if (now() < until - slackMs) violation(`${name} was deleted ${until - now()} ms before its time`);
    const workspace = api.get('workspaces', name.replace(/-home$/, ''));
    if (workspace === undefined || workspace.metadata.deletionTimestamp !== undefined) return;
    const created = new Date(workspace.metadata.creationTimestamp).getTime();
    const uses = writersOf(claim).includes(workspace.metadata.uid);
    const restored = retentionOf(workspace.spec) !== undefined && created < until - slackMs;
    if (uses || restored) violation(`${name} was deleted under its workspace`);
  };
  api.onWrite(({ plural, before, after }: Write) => {
    if (before === undefined || before.metadata.deletionTimestamp !== undefined) return;
    const goes = after === undefined || after.metadata.deletionTimestamp !== undefined;
    if (goes && plural === 'workspaces') promise(before);
    if (goes && plural === 'persistentvolumeclaims') judge(before);
  });
}
