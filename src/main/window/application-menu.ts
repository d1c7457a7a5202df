import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { UiCommand } from '#contract/desktop.ts';

/**
 * The application menu. A focused page sees a key first and the menu only gets what the page left, so VS Code keeps its
 * keys. Outside macOS nothing closes the window by Ctrl+W: a person who closes an editor once too often would lose the
 * window. Reload and the developer tools of the UI are for a checkout only; an IDE has its own in its toolbar's menu.
 */
export function setApplicationMenu(options: { packaged: boolean; command: (command: UiCommand) => void }): void {
  const mac = process.platform === 'darwin';
  const zoom: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    // The same key without Shift, which is where most keyboards have the plus sign.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  const forDevelopers: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: options.packaged ? zoom : [...zoom, ...forDevelopers],
  };
  const go: MenuItemConstructorOptions = {
    label: '&Go',
    submenu: [
      { label: 'Commands…', accelerator: 'CommandOrControl+K', click: () => options.command('palette') },
      { label: 'Find in the IDE…', accelerator: 'CommandOrControl+F', click: () => options.command('find') },
      { type: 'separator' },
      { label: 'Next tab', accelerator: 'CommandOrControl+Alt+PageDown', click: () => options.command('next-tab') },
      {
        label: 'Previous tab',
        accelerator: 'CommandOrControl+Alt+PageUp',
        click: () => options.command('previous-tab'),
      },
      { label: 'Close tab', accelerator: 'CommandOrControl+Alt+W', click: () => options.command('close-tab') },
      {
        label: 'Reopen the closed tab',
        accelerator: 'CommandOrControl+Alt+Shift+W',
        click: () => options.command('reopen-tab'),
      },
      { type: 'separator' },
      { label: 'Split: two beside each other', click: () => options.command('split-right') },
      { label: 'Split: one below the other', click: () => options.command('split-below') },
      { label: 'End the split', click: () => options.command('end-split') },
      { label: 'Open in a window of its own', click: () => options.command('pop-out') },
    ],
  };
  const template: MenuItemConstructorOptions[] = mac
    ? [{ role: 'appMenu' }, { role: 'editMenu' }, view, go, { role: 'windowMenu' }]
    : [{ label: '&File', submenu: [{ role: 'quit' }] }, { role: 'editMenu' }, view, go];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
