import { t } from '../words/words.ts';

export interface Size {
  width: number;
  height: number;
}

const usual: Size = { width: 1_000, height: 700 };
const smallest: Size = { width: 320, height: 240 };
/** A window that fills the screen can pass for the system itself. */
const largestShare = 0.9;
const longestTitle = 120;

function within(wish: number | undefined, usualValue: number, least: number, room: number): number {
  const most = Math.max(least, Math.floor(room * largestShare));
  const asked = wish !== undefined && Number.isFinite(wish) ? Math.round(wish) : usualValue;
  return Math.min(most, Math.max(least, asked));
}

/** The size of a workspace's pop-up, in DIPs: what its page wishes, within bounds that leave it seen to be a window. */
export function popUpSize(wish: { width?: number | undefined; height?: number | undefined }, screen: Size): Size {
  return {
    width: within(wish.width, usual.width, smallest.width, screen.width),
    height: within(wish.height, usual.height, smallest.height, screen.height),
  };
}

// Line breaks, control characters, and those that change the order of what is read (Unicode, bidirectional controls).
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for.
const misleading = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A page's own words in one short line that reads as it is written. */
export function plainWords(text: string): string {
  return text.replaceAll(misleading, ' ').trim().slice(0, longestTitle);
}

/**
 * The title of a workspace's pop-up: whose it is, before whatever its page calls itself. `away` is the origin that it is at while somebody signs
 * in elsewhere: it comes first, as people look there for whom they give a password to.
 */
export function popUpTitle(id: string, title: string, away?: string): string {
  if (away !== undefined) return `${plainWords(away)} — ${t().view.signInFor(id)}`;
  const plain = plainWords(title);
  return plain === '' ? `${id} — GuildNet` : `${id} — ${plain}`;
}
