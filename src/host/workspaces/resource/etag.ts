import { createHash } from 'node:crypto';
import { GuildNetError } from '#contract/errors.ts';
import type { Workspace } from '#contract/workspace.ts';

/**
 * A tag of what can be changed of a workspace, its spec and its labels (RFC 9110, 8.8.3). What the cluster reports of it is left out on
 * purpose: with its resource version no edit would outlive the next report.
 */
export function tagOf({ metadata }: Pick<Workspace, 'metadata'>): string {
  const labels = Object.entries(metadata.labels ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const text = JSON.stringify([metadata.uid, metadata.generation, labels]);
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/** Throws `precondition_failed` unless `If-Match` is absent, `*`, or names the tag (RFC 9110, 13.1.1: weak tags never match). */
export function checkIfMatch(ifMatch: string | undefined, tag: string, what = 'workspace'): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  if (ifMatch.split(',').some((one) => one.trim() === tag)) return;
  throw new GuildNetError('precondition_failed', `The ${what} is another one by now than that of the If-Match.`, {
    remedy: 'Read it again, and send what you want changed with the tag that it has now.',
    details: { etag: tag },
  });
}
