import { fileURLToPath } from 'node:url';
import { type ElectronApplication, type Page, _electron } from '@playwright/test';

const floor = fileURLToPath(new URL('../../bench/desktop/floor', import.meta.url));
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** From the creation of the app's process until its page had first drawn something, by the app's own clocks; in ms. */
export async function drawnAfter(app: ElectronApplication, window: Page): Promise<number> {
  const created = await app.evaluate(() => process.getCreationTime());
  const drawn = await window.evaluate(async () => {
    const seen = performance.getEntriesByName('first-contentful-paint')[0];
    if (seen !== undefined) return performance.timeOrigin + seen.startTime;
    return new Promise<number>((resolve) => {
      new PerformanceObserver((list) => {
        const entry = list.getEntriesByName('first-contentful-paint')[0];
        if (entry !== undefined) resolve(performance.timeOrigin + entry.startTime);
      }).observe({ type: 'paint', buffered: true });
    });
  });
  if (created === null) throw new Error('Electron does not know when it was started.');
  return drawn - created;
}

/** The same for as little as Electron can be, started in the same way. */
export async function floorDrawnAfter(): Promise<number> {
  const app = await _electron.launch({ cwd: floor, args: ['--disable-gpu', ...(asRoot ? ['--no-sandbox'] : []), '.'] });
  try {
    return await drawnAfter(app, await app.firstWindow());
  } finally {
    await app.close();
  }
}
