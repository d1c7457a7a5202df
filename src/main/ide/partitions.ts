import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '#host/observability/log.ts';

/** Left in the folder of a browser profile whose workspace is gone; Chromium holds the folder until the app ends. */
const deletedMark = 'workspace-deleted';
const prefix = 'workspace-';

/** The name of a workspace's own browser profile, for Electron's `session.fromPartition`. */
export function partitionOf(id: string): string {
  return `persist:${prefix}${id}`;
}

/** The folders of workspaces' browser profiles, below Electron's `userData`. */
export function createPartitionFolders(userData: string, log: Pick<Log, 'warn'>) {
  const root = join(userData, 'Partitions');
  const folder = (id: string): string => join(root, `${prefix}${id}`);
  return {
    exists: (id: string): boolean => existsSync(folder(id)),
    /** The workspace is gone: its folder goes at the next start. */
    mark: (id: string): void => writeFileSync(join(folder(id), deletedMark), ''),
    /** A workspace of that name is there (again). */
    unmark: (id: string): void => rmSync(join(folder(id), deletedMark), { force: true }),
    /** Removes the marked folders. Before the first session is made. One that does not go is tried again at the next start. */
    sweep(): void {
      if (!existsSync(root)) return;
      for (const name of readdirSync(root)) {
        if (!name.startsWith(prefix) || !existsSync(join(root, name, deletedMark))) continue;
        try {
          rmSync(join(root, name), { recursive: true, force: true });
        } catch (error) {
          log.warn({ err: error, name }, "a deleted workspace's browser data could not be removed");
        }
      }
    },
  };
}
export type PartitionFolders = ReturnType<typeof createPartitionFolders>;
