import { contextBridge, ipcRenderer } from 'electron';

/**
 * The whole bridge. The page is told that it runs on the desktop, and gets a message port to the main process when it
 * asks its own window for one; everything else, with its schema, is spoken over that port. Nothing of Electron is exposed.
 */
contextBridge.exposeInMainWorld('guildnetDesktop', true);

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== location.origin || event.data !== 'guildnet:connect') return;
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage('guildnet:connect', null, [port2]);
  window.postMessage('guildnet:port', location.origin, [port1]);
});
