import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { UiCommand } from '#contract/desktop.ts';
import { onLanguage, t } from '../words/words.ts';

interface MenuOptions {
  packaged: boolean;
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
}

function templateOf({ packaged, command }: MenuOptions): MenuItemConstructorOptions[] {
  const words = t().menu;
  const mac = process.platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const asks = (label: string, asked: UiCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => command(asked),
    ...(accelerator === undefined ? {} : { accelerator: `CommandOrControl+${accelerator}` }),
  });
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
      asks(words.commands, 'palette', 'K'),
      asks(words.find, 'find', 'F'),
      separator,
      asks(words.nextTab, 'next-tab', 'Alt+PageDown'),
      asks(words.previousTab, 'previous-tab', 'Alt+PageUp'),
      asks(words.closeTab, 'close-tab', 'Alt+W'),
      asks(words.reopenTab, 'reopen-tab', 'Alt+Shift+W'),
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
