import { useNavigate } from '@solidjs/router';
import { toShownProblem } from '../problem/shown-problem.ts';
import { useSession } from '../state/session.tsx';
import {
  moveTab,
  partnerOf,
  shownAfterClosing,
  splitTabs,
  tabBeside,
  unsplitTabs,
  withoutTab,
  withTab,
  type Split,
} from './tabs.ts';

/** What can be asked for by a key, a menu or the commands, of the tab that is looked at. */
export const tabCommands = [
  'next-tab',
  'previous-tab',
  'close-tab',
  'reopen-tab',
  'move-left',
  'move-right',
  'split-right',
  'split-below',
  'end-split',
  'pop-out',
  'pop-in',
] as const;
export type TabCommand = (typeof tabCommands)[number];

export interface TabActions {
  show(id: string): void;
  close(id: string): void;
  move(id: string, to: number): void;
  /** Shows a tab together with the one that is looked at, or with its neighbour. */
  split(direction: Split['direction'], other?: string): void;
  popOut(id: string): void;
  popIn(id: string): void;
  perform(command: TabCommand): void;
}

export const isTabCommand = (command: string): command is TabCommand =>
  (tabCommands as readonly string[]).includes(command);

/** What a person can do with the open workspaces. The address says which one is looked at. */
export function useTabs(): TabActions {
  const navigate = useNavigate();
  const { deck, desktop, platform, tabs, world } = useSession();
  const fail = (error: unknown): void => deck.setProblem(toShownProblem(error));

  const show = (id: string): void => navigate(`/workspaces/${encodeURIComponent(id)}`);
  const close = (id: string): void => {
    const next = shownAfterClosing(tabs.now(), id);
    if (deck.focused() === id) {
      if (next === undefined) navigate('/');
      else show(next);
    }
    tabs.change((it) => withoutTab(it, id));
    deck.close(id);
  };
  const move = (id: string, to: number): void => tabs.change((it) => moveTab(it, id, to));
  const split = (direction: Split['direction'], other?: string): void => {
    const here = deck.focused() ?? tabs.now().ids[0];
    if (here === undefined) return;
    const partner = other ?? partnerOf(tabs.now(), here) ?? tabBeside(tabs.now(), here, 1);
    if (partner !== undefined) tabs.change((it) => splitTabs(it, here, partner, direction));
    if (deck.focused() === undefined) show(here);
  };
  const popOut = (id: string): void => {
    if (platform.ide !== undefined) {
      platform.ide.popOut(id).catch(fail);
      return;
    }
    // A browser's window is its own from then on: it is not taken back, but closed.
    const url = world.servers[id]?.ide_url;
    if (url !== undefined) window.open(url, '_blank', 'popup,noopener,width=1200,height=800');
  };
  const popIn = (id: string): void => {
    platform.ide?.popIn(id).catch(fail);
  };

  const perform = (command: TabCommand): void => {
    const here = deck.focused();
    const place = here === undefined ? -1 : tabs.now().ids.indexOf(here);
    switch (command) {
      case 'next-tab':
      case 'previous-tab': {
        const next = tabBeside(tabs.now(), here, command === 'next-tab' ? 1 : -1);
        if (next !== undefined) show(next);
        return;
      }
      case 'reopen-tab': {
        const [last] = tabs.now().closed;
        if (last === undefined) return;
        tabs.change((it) => withTab(it, last));
        return show(last);
      }
      case 'split-right':
        return split('row');
      case 'split-below':
        return split('column');
      case 'end-split':
        return tabs.change(unsplitTabs);
      case 'close-tab':
        return here === undefined ? undefined : close(here);
      case 'move-left':
      case 'move-right':
        return here === undefined ? undefined : move(here, place + (command === 'move-left' ? -1 : 1));
      case 'pop-out':
        return here === undefined || desktop.hasWindow(here) ? undefined : popOut(here);
      case 'pop-in':
        return here === undefined ? undefined : popIn(here);
    }
  };
  return { show, close, move, split, popOut, popIn, perform };
}
