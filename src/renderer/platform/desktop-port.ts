/** What the page posts to its own window to ask the preload for a port, and what the preload posts back with it. */
const request = 'guildnet:connect';
const reply = 'guildnet:port';
const patienceMs = 10_000;

declare global {
  interface Window {
    /** Set by the desktop's preload before any script of the page runs. */
    readonly guildnetDesktop?: boolean;
  }
}

/** True when this page runs in the desktop application. */
export function isDesktop(): boolean {
  return window.guildnetDesktop === true;
}

/** Asks the preload for a message port to the host. Rejects when none came in ten seconds. The port is not started yet. */
export function openPort(): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
    };
    const onMessage = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== reply || port === undefined) return;
      finish();
      resolve(port);
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`No message port arrived within ${patienceMs / 1000} seconds.`));
    }, patienceMs);
    window.addEventListener('message', onMessage);
    window.postMessage(request, location.origin);
  });
}
