import { app, BrowserWindow } from 'electron';

// As little as Electron can be: one window with one sentence, for what any start costs on this machine now.
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  return window.loadURL('data:text/html,<title>floor</title><p>Here.</p>');
});
app.on('window-all-closed', () => app.quit());
