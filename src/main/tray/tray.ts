import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import { join } from 'node:path';
import type { TrayAction, TrayItem } from './tray-menu.ts';

export interface AppTray {
  /** Shows this menu from now on; does nothing when it is the one already shown. */
  update(items: TrayItem[]): void;
  destroy(): void;
}

/** The icon in the system's tray. A click on the icon itself shows the window. */
export function createTray(iconDir: string, act: (action: TrayAction) => void): AppTray {
  const mac = process.platform === 'darwin';
  const tray = new Tray(nativeImage.createFromPath(join(iconDir, mac ? 'trayTemplate.png' : 'tray.png')));
  tray.setToolTip('GuildNet');
  // On macOS a click opens the menu.
  if (!mac) tray.on('click', () => act({ type: 'show' }));
  let shown = '';
  return {
    update(items) {
      const wanted = JSON.stringify(items);
      if (wanted === shown) return;
      shown = wanted;
      tray.setContextMenu(Menu.buildFromTemplate(items.map((item) => toMenuItem(item, act))));
    },
    destroy: () => tray.destroy(),
  };
}

function toMenuItem(item: TrayItem, act: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: item.label, enabled: false };
    case 'action':
      return { label: item.label, enabled: item.enabled, click: () => act(item.action) };
  }
}
