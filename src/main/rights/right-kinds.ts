import type { Settings } from '../settings/settings.ts';
import { t } from '../words/words.ts';
import type { RightKind } from './page-right.ts';

/** Reading the clipboard: a preset of this machine's configuration may grant it, as terminals in a browser are no use without. */
export function clipboardKind(settings: Settings): RightKind {
  return {
    name: 'clipboard',
    read: () => (settings.now().clipboard ?? []).map(({ mayRead, ...rest }) => ({ ...rest, isAllowed: mayRead })),
    write: (answers) =>
      settings.change({ clipboard: answers.map(({ isAllowed, ...rest }) => ({ ...rest, mayRead: isAllowed })) }),
    isGrantedBy: ({ clipboard }) => clipboard === 'read',
    words: () => t().clipboard,
  };
}

/** Notifications of the system: they stand outside of the window, under this app's name, and could pass for its own. */
export function notificationsKind(settings: Settings): RightKind {
  return {
    name: 'notifications',
    read: () => settings.now().notifications ?? [],
    write: (notifications) => settings.change({ notifications }),
    isGrantedBy: () => false,
    words: () => t().notifications,
  };
}
