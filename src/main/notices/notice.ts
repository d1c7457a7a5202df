import type { Server } from '#contract/server.ts';
import { plainWords } from '../ide/pop-up-shape.ts';
import { t } from '../words/words.ts';

export interface Notice {
  title: string;
  body: string;
  /** Where in the UI a click leads. */
  path: string;
}

const longestBody = 300;

/**
 * What a person is told of a workspace that has changed, when they do not look at the window: it is ready, it has failed and why, GuildNet has
 * stopped it and why. Nothing of one that was not known before (the app has just started, or somebody else's has come), nor of what
 * they did themselves.
 */
export function noticeOf(before: Server | undefined, after: Server): Notice | undefined {
  if (before === undefined || before.phase === after.phase) return undefined;
  const path = `/workspaces/${encodeURIComponent(after.id)}`;
  const name = plainWords(after.name);
  switch (after.phase) {
    case 'Running':
      return { title: t().notice.ready(name), body: t().notice.open, path };
    case 'Failed': {
      const title = before.phase === 'Running' ? t().notice.failed(name) : t().notice.notStarted(name);
      return { title, body: sentences(after.failure ?? { message: t().notice.pageSaysMore }), path };
    }
    case 'Stopped':
      if (after.stop_reason === undefined) return undefined;
      return { title: t().notice.stopped(name), body: plainText(after.stop_reason), path };
    case 'Pending':
    case 'Starting':
    case 'Terminating':
      return undefined;
  }
}

/** What happened and what to do, in one text for a notification. */
export function sentences({ message, remedy }: { message: string; remedy?: string | undefined }): string {
  return plainText(remedy === undefined ? message : `${message} ${remedy}`);
}

/**
 * A text that a cluster or an image may have made up, as a notification shows it: desktops of Linux read markup in it, with links
 * (Desktop Notifications, "Markup"), and Electron hands it on as it is.
 */
export function plainText(text: string): string {
  const plain = text
    .slice(0, 4 * longestBody)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('&', '+');
  const line = plain.replaceAll(/\s+/g, ' ').trim();
  return line.length > longestBody ? `${line.slice(0, longestBody - 1)}…` : line;
}

/** Whether a workspace is that of the person at this machine; those without an owner are from before there were any. */
export function isOwnWorkspace({ owner }: Pick<Server, 'owner'>, localUser: string): boolean {
  return owner === undefined || owner === `local:${localUser}`;
}
