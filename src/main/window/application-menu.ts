import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { UiCommand } from '#contract/desktop.ts';
import { acceleratorText, parseAccelerator } from '#contract/shortcuts/accelerator.ts';
import type { ShortcutKeeper } from '../keys/keep-shortcuts.ts';
import { onLanguage, t } from '../words/words.ts';

interface MenuOptions {
  packaged: boolean;
  /** The keys of the app's own commands, which a person can change while it runs. */
  shortcuts: Pick<ShortcutKeeper, 'now' | 'onChange'>;
  command: (command: UiCommand) => void;
}

/**
 * The application menu, in the app's language. A focused page sees a key first and the menu only gets what the page left, so VS Code keeps its
 * keys. Outside macOS nothing closes the window by Ctrl+W: a person who closes an editor once too often would lose the
 * window. Reload and the developer tools of the UI are for a checkout only; an IDE has its own in its toolbar's menu.
 */
export function setApplicationMenu(options: MenuOptions): void {
  const set = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(templateOf(options)));
  set();
  onLanguage(set);
  options.shortcuts.onChange(set);
}

function templateOf({ packaged, shortcuts, command }: MenuOptions): MenuItemConstructorOptions[] {
  const words = t().menu;
  const mac = process.platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const keys = shortcuts.now();
  const asks = (label: string, asked: UiCommand): MenuItemConstructorOptions => {
    // Parsed and written anew: Electron throws at what it does not know, and the settings are a file.
    const parsed = parseAccelerator(keys[asked], mac);
    return {
      label,
      click: () => command(asked),
      ...(parsed === undefined ? {} : { accelerator: acceleratorText(parsed) }),
    };
  };
  const edit: MenuItemConstructorOptions = {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      separator,
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      ...(mac ? [{ role: 'pasteAndMatchStyle', label: words.pasteAndMatchStyle } as const] : []),
      { role: 'delete', label: words.delete },
      separator,
      { role: 'selectAll', label: words.selectAll },
    ],
  };
  const forDevelopers: MenuItemConstructorOptions[] = [separator, { role: 'reload' }, { role: 'toggleDevTools' }];
  const view: MenuItemConstructorOptions = {
    label: words.view,
    submenu: [
      { role: 'resetZoom', label: words.actualSize },
      { role: 'zoomIn', label: words.zoomIn },
      // The same key without Shift, which is where most keyboards have the plus sign.
      { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
      { role: 'zoomOut', label: words.zoomOut },
      separator,
      { role: 'togglefullscreen', label: words.fullScreen },
      ...(packaged ? [] : forDevelopers),
    ],
  };
  const go: MenuItemConstructorOptions = {
    label: words.go,
    submenu: [
      asks(words.commands, 'palette'),
      asks(words.launch, 'launch'),
      asks(words.find, 'find'),
      separator,
      asks(words.nextTab, 'next-tab'),
      asks(words.previousTab, 'previous-tab'),
      asks(words.closeTab, 'close-tab'),
      asks(words.reopenTab, 'reopen-tab'),
      separator,
      asks(words.splitRight, 'split-right'),
      asks(words.splitBelow, 'split-below'),
      asks(words.endSplit, 'end-split'),
      asks(words.popOut, 'pop-out'),
    ],
  };
  const file: MenuItemConstructorOptions = { label: words.file, submenu: [{ role: 'quit', label: words.quit }] };
  return mac ? [{ role: 'appMenu' }, edit, view, go, { role: 'windowMenu' }] : [file, edit, view, go];
}
