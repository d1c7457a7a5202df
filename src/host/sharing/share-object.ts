import { createHash } from 'node:crypto';
import { annotations } from '#contract/annotations.ts';
import { capabilityKind, shareLabel } from '#contract/capability.ts';
import type { CapabilitySpec } from '#contract/capability.ts';
import { parseDuration } from '#contract/duration.ts';
import { GuildNetError } from '#contract/errors.ts';
import { subjectSchema } from '#contract/grant.ts';
import type { Action, Subject } from '#contract/grant.ts';
import type { Share, ShareKind } from '#contract/shares.ts';
import { workspaceApiVersion, workspaceKind } from '#contract/workspace.ts';
import { loginIn } from '../permission/login-name.ts';
import type { ObservedCapability } from '../permission/policies.ts';

/** What is given by each kind. `launch`, which is about this workspace alone, is what starting and changing it asks for. */
export const sharedActions: Readonly<Record<ShareKind, Action[]>> = {
  open: ['view', 'open'],
  admin: ['view', 'open', 'launch', 'stop', 'delete'],
};

/** A year: what is meant to last is without an end. */
const longestMs = 366 * 86_400_000;

/** Whom a share is for: a login, `tag:…`, `device:…` or `everyone`. Throws `bad_request`. */
export function subjectOf(text: string): Subject {
  const named = text.trim();
  const [, mark, name = ''] = /^(tag|device):(.+)$/.exec(named) ?? [];
  const kind = (
    /^everyone$/i.test(named)
      ? { kind: 'Everyone' }
      : mark === 'tag'
        ? { kind: 'Tag', name: named }
        : mark === 'device'
          ? { kind: 'Device', name }
          : { kind: 'User', name: loginIn(named) ?? '' }
  ) satisfies Subject;
  const parsed = subjectSchema.safeParse(kind);
  if (parsed.success && !/[\s\p{Cc}\p{Cf}]/u.test(named)) return parsed.data;
  throw new GuildNetError('bad_request', `"${named.slice(0, 80)}" is nobody with whom a workspace could be shared.`, {
    remedy:
      'Give a login of the tailnet, such as anna@example.com, tag:<tag>, device:<stable id>, or everyone; groups are for the tailnet’s own policy.',
    details: { field: 'with' },
  });
}

/** When a share ends that begins at `now` (ms) and lasts `text`. Throws `bad_request`. */
export function endOf(text: string, now: number): string {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0 && ms <= longestMs) return new Date(now + ms).toISOString();
  throw new GuildNetError('bad_request', `"${text.slice(0, 80)}" is no time for which a workspace could be shared.`, {
    remedy: 'Give a duration such as 30m, 8h or 168h, a year at most; without one it lasts until it is revoked.',
    details: { field: 'until' },
  });
}

export interface NewShare {
  workspace: { name: string; uid: string; namespace: string };
  subject: Subject;
  can: ShareKind;
  until: string | undefined;
  by: string;
}

/** Of the workspace and whom it is for, so that the same again replaces what was, and a workspace made anew under the name has its own. */
export function shareName({ workspace, subject }: Pick<NewShare, 'workspace' | 'subject'>): string {
  const of = [workspace.uid, subject.kind, subject.name ?? ''].join('\0');
  return `share-${createHash('sha256').update(of).digest('hex').slice(0, 20)}`;
}

/** The Capability. It belongs to the workspace, and goes with it (Kubernetes' garbage collection by owner references). */
export function shareObject(share: NewShare): { metadata: { name: string }; spec: CapabilitySpec } {
  const { workspace, subject, can, until, by } = share;
  const { name, uid, namespace } = workspace;
  return {
    ...{ apiVersion: workspaceApiVersion, kind: capabilityKind },
    metadata: {
      name: shareName(share),
      ...{
        namespace,
        labels: { [shareLabel]: name },
        annotations: { [annotations.sharedBy]: by },
        ownerReferences: [{ apiVersion: workspaceApiVersion, kind: workspaceKind, name, uid }],
      },
    },
    spec: {
      subjects: [subject],
      actions: sharedActions[can],
      selector: { names: [name] },
      ...(until === undefined ? {} : { until }),
    },
  };
}

/** A Capability as the share that it is; undefined for every other, and for one that was made into something else by hand. */
export function shareOf({ metadata, read }: ObservedCapability, now: number): Share | undefined {
  if (metadata.shares === undefined || !('spec' in read)) return undefined;
  const { subjects, actions, selector, until } = read.spec;
  const [subject] = subjects;
  if (subject === undefined || selector?.names?.join() !== metadata.shares) return undefined;
  return {
    id: metadata.name,
    workspace: metadata.shares,
    with: subject,
    can: actions.includes('delete') ? 'admin' : 'open',
    ...(until === undefined ? {} : { until }),
    ended: until !== undefined && Date.parse(until) <= now,
    ...(metadata.by === undefined ? {} : { by: metadata.by }),
    ...(metadata.createdAt === undefined ? {} : { created_at: metadata.createdAt }),
  };
}
