import { Buffer } from 'node:buffer';
import type { StreamNotice, WorkspaceChange } from '#contract/workspace-changes.ts';

/** One event of `/sse/workspaces`, made once for all who read it. */
export interface StreamEvent {
  /** From where on its reader goes on; a notice has none. */
  readonly id: string | undefined;
  readonly change: WorkspaceChange;
  /** As it is sent. Written out when the first one asks for it: a window of this process needs none of it. */
  bytes(): Buffer;
}

/** `dataOf` is the change as JSON, where parts of that are known already. */
export function streamEvent(
  id: string | undefined,
  change: WorkspaceChange,
  dataOf: () => string = () => JSON.stringify(change),
): StreamEvent {
  let written: Buffer | undefined;
  return {
    id,
    change,
    bytes: () => (written ??= Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}data: ${dataOf()}\n\n`)),
  };
}

/** What the host itself says. */
export function notice(kind: StreamNotice, message: string): StreamEvent {
  return streamEvent(undefined, { type: 'notice', notice: kind, message });
}
