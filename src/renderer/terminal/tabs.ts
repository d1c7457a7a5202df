import type { TerminalSession } from '#contract/terminal.ts';

/** One tab of the page. */
export interface TerminalTab {
  /** Its own, whatever becomes of its session. */
  key: number;
  /** Undefined until the host has said it. */
  session: string | undefined;
  title: string;
}

/** The tabs of the sessions that there are, the oldest first; without any, one for a new one. */
export function tabsOf(sessions: readonly TerminalSession[]): TerminalTab[] {
  const tabs = sessions
    .filter(({ exit_code }) => exit_code === undefined)
    .map(({ session, title }, key) => ({ key, session, title }));
  return tabs.length > 0 ? tabs : [newTab([])];
}

export function newTab(tabs: readonly TerminalTab[]): TerminalTab {
  return { key: Math.max(-1, ...tabs.map(({ key }) => key)) + 1, session: undefined, title: '' };
}

/** Which tab is shown when one is closed: the one behind it, or the last. */
export function shownAfterClosing(tabs: readonly TerminalTab[], closed: number, shown: number): number | undefined {
  if (shown !== closed) return shown;
  const at = tabs.findIndex(({ key }) => key === closed);
  const left = tabs.filter(({ key }) => key !== closed);
  return (left[at] ?? left.at(-1))?.key;
}

/** Which tab a key leads to in a list of them; undefined where it leads nowhere. Pure. */
export function tabAfterKey(keys: readonly number[], shown: number, pressed: string): number | undefined {
  const at = keys.indexOf(shown);
  switch (pressed) {
    case 'ArrowRight':
      return keys[(at + 1) % keys.length];
    case 'ArrowLeft':
      return keys.at(at - 1);
    case 'Home':
      return keys[0];
    case 'End':
      return keys.at(-1);
    default:
      return undefined;
  }
}

/** What a tab is called: as the program calls its window, or by its number. */
export function tabName({ title }: TerminalTab, index: number): string {
  return title === '' ? `Terminal ${String(index + 1)}` : title;
}
