import { longest, mapOf, textOf } from '#contract/bounded.ts';
import { mostOpen } from '#contract/desktop.ts';
import type { Log } from '#host/observability/log.ts';
import { isOwn, parseUrl, type Role } from '../security/role.ts';
import { ownFile } from '../settings/own-file.ts';

/** Where each workspace's page was: path, query and fragment, since the origin is another one at another start. */
const schema = mapOf(textOf(longest.name), textOf(longest.url).regex(/^\//), mostOpen);
/** More than any such file of ours, in bytes: 64 addresses of 8 KiB. */
const longestFile = 1_048_576;

type WorkspaceRole = Extract<Role, { kind: 'workspace' }>;

/** What of an address is kept to come back to; undefined for one that is not the workspace's own, or has no end. */
export function keptAddress(role: WorkspaceRole, at: string): string | undefined {
  const url = parseUrl(at);
  if (url === undefined || !isOwn(role, url) || url.hostname !== new URL(role.url).hostname) return undefined;
  const kept = `${url.pathname}${url.search}${url.hash}`;
  return kept.length > longest.url ? undefined : kept;
}

/** The address to load for what was kept: on the workspace's own origin and below its path, whatever the file says. */
export function addressOf(role: WorkspaceRole, kept: string | undefined): string {
  if (kept === undefined) return role.url;
  const base = new URL(role.url);
  // Two slashes would begin another host's address.
  const url = parseUrl(`${base.origin}/${kept.replace(/^\/+/, '')}`);
  return url !== undefined && isOwn(role, url) && url.hostname === base.hostname ? url.href : role.url;
}

export interface ViewAddresses {
  of(id: string): string | undefined;
  keep(id: string, address: string | undefined): void;
  forget(id: string): void;
  /** Writes what has changed. */
  save(): void;
}

/** Where workspaces' pages were, over a restart. The file is for this user alone: an address may carry a secret of its program. */
export function openViewAddresses(path: string, log: Log): ViewAddresses {
  const file = ownFile(path, { schema, longestBytes: longestFile, what: "the places of workspaces' pages", log });
  const kept = new Map(Object.entries(file.read() ?? {}));
  let isChanged = false;
  return {
    of: (id) => kept.get(id),
    keep(id, address) {
      if (address === undefined || kept.get(id) === address) return;
      kept.delete(id);
      kept.set(id, address);
      // The one that was kept first makes room.
      for (const oldest of [...kept.keys()].slice(0, -mostOpen)) kept.delete(oldest);
      isChanged = true;
    },
    forget(id) {
      isChanged = kept.delete(id) || isChanged;
    },
    save() {
      if (isChanged && file.write(Object.fromEntries(kept))) isChanged = false;
    },
  };
}
