import type { Page } from '@playwright/test';

/**
 * Round trips of `host.health` on a port of the page's own bridge, one after the other; in ms. The page asks for a port, too, which ends this
 * one: then there is another, and the call is made again.
 */
export async function ipcRoundTrips(window: Page, times: number): Promise<number[]> {
  return window.evaluate(async (wanted) => {
    const connect = (): Promise<MessagePort> =>
      new Promise((resolve) => {
        addEventListener('message', function take(event) {
          if (event.data !== 'guildnet:port' || event.ports[0] === undefined) return;
          removeEventListener('message', take);
          resolve(event.ports[0]);
        });
        postMessage('guildnet:connect', location.origin);
      });
    const took: number[] = [];
    let port = await connect();
    while (took.length < wanted) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      port.addEventListener('message', () => resolve(true), { once: true });
      port.addEventListener('close', () => resolve(false), { once: true });
      port.start();
      const begun = performance.now();
      port.postMessage(JSON.stringify({ i: String(took.length), p: { u: '/host/host/health', b: {} } }));
      if (await promise) took.push(performance.now() - begun);
      else port = await connect();
    }
    return took;
  }, times);
}

/**
 * Scrolls the page's list frame by frame and returns what each frame took of the page's thread, in ms: from the beginning of the frame
 * until what was posted in it is heard, which is after style, layout and paint.
 */
export async function scrollFrames(page: Page, frames: number, step: number): Promise<number[]> {
  return page.locator('[data-scrolls]').evaluate(
    async (element, { wanted, by }) => {
      const { port1, port2 } = new MessageChannel();
      const took: number[] = [];
      let begun = 0;
      return new Promise<number[]>((resolve) => {
        const next = (): void => {
          requestAnimationFrame(() => {
            begun = performance.now();
            element.scrollTop += by;
            port2.postMessage('');
          });
        };
        port1.addEventListener('message', () => {
          took.push(performance.now() - begun);
          if (took.length < wanted) next();
          else resolve(took);
        });
        port1.start();
        next();
      });
    },
    { wanted: frames, by: step },
  );
}
