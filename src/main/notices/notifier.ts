import { Notification } from 'electron';
import { createAllowance } from '#host/access/allowance.ts';
import type { Log } from '#host/observability/log.ts';
import type { FollowedWorld } from '../follow-world.ts';
import { isOwnWorkspace, noticeOf, type Notice } from './notice.ts';

/** When a node goes, fifty workspaces fail in one second: five are told of at once, then one every five seconds. */
const burst = 5;
const refillMs = 5_000;

export type Notify = (notice: Notice) => void;

/** Notifications of the system; a click leads to their page. Does nothing where the system has none. */
export function createNotifier(show: (path: string) => void, log: Log): Notify {
  // Without a reference of ours a notification is collected, and its click goes nowhere.
  const shown = new Set<Notification>();
  return ({ title, body, path }) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    const forget = (): void => void shown.delete(notification);
    shown.add(notification);
    notification.on('click', () => {
      forget();
      show(path);
    });
    notification.on('close', forget);
    notification.on('failed', (_event, error) => {
      forget();
      log.debug({ error }, 'a notification was not shown');
    });
    notification.show();
  };
}

/** Tells of the person's own workspaces while they do not look at the window. Returns the end of it. */
export function tellOfWorkspaces(options: {
  world: FollowedWorld;
  localUser: string;
  isLookedAt: () => boolean;
  notify: Notify;
}): () => void {
  const { world, localUser, isLookedAt, notify } = options;
  const allowance = createAllowance(burst, refillMs, () => performance.now());
  return world.onChange(({ event, before, after }) => {
    if (event.type !== 'upsert' || isLookedAt()) return;
    const now = after.servers.get(event.server.id);
    if (now === undefined || !isOwnWorkspace(now, localUser)) return;
    const notice = noticeOf(before.servers.get(now.id), now);
    if (notice !== undefined && allowance.take()) notify(notice);
  });
}
