import { app, Menu, type JumpListCategory } from 'electron';
import type { Log } from '#host/observability/log.ts';
import { readDeepLink, type ReadLink } from '../deep-link/deep-link.ts';
import { t } from '../words/words.ts';
import type { QuickEntries, QuickEntry } from './quick-entries.ts';

/**
 * Shows these in the jump list of Windows or the dock menu of macOS, unless they are shown already. Linux has fixed actions, which the package's
 * desktop entry names (`build/electron-builder.yml`). On Windows an entry starts the app once more with its link, which that hands to the first one.
 */
export function createQuickEntries(options: {
  follow: (link: ReadLink) => void;
  log: Log;
}): (entries: QuickEntries) => void {
  const { follow, log } = options;
  let shown = '';
  return (entries) => {
    const wanted = JSON.stringify([entries, t().tray.running]);
    if (wanted === shown) return;
    shown = wanted;
    if (process.platform === 'darwin') app.dock?.setMenu(dockMenu(entries, follow));
    if (process.platform !== 'win32') return;
    const outcome = app.setJumpList([
      ...category(t().tray.running, entries.running),
      ...category(t().tray.presets, entries.presets),
    ]);
    if (outcome !== 'ok') log.debug({ outcome }, 'the jump list was not taken');
  };
}

function dockMenu({ running, presets }: QuickEntries, follow: (link: ReadLink) => void): Menu {
  const items = (entries: readonly QuickEntry[], label: (title: string) => string) =>
    entries.map(({ title, link }) => ({ label: label(title), click: () => follow(readDeepLink(link)) }));
  return Menu.buildFromTemplate([...items(running, t().tray.open), ...items(presets, t().tray.launch)]);
}

function category(name: string, entries: readonly QuickEntry[]): JumpListCategory[] {
  if (entries.length === 0) return [];
  return [
    {
      type: 'custom',
      name,
      items: entries.map(({ title, link }) => ({ type: 'task', title, program: process.execPath, args: link })),
    },
  ];
}
