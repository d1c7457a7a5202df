import { fileURLToPath } from 'node:url';
import { type ElectronApplication, type Locator, _electron } from '@playwright/test';

const floor = fileURLToPath(new URL('../../bench/desktop/floor', import.meta.url));
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;

/**
 * From the creation of the app's process, by its own clock, until this stands in its page; in ms. Without a GPU, as in tests, Chromium's own paint
 * times come by a timer of a second, so it is looked for, in both apps alike.
 */
export async function shownAfter(app: ElectronApplication, shown: Locator): Promise<number> {
  await shown.waitFor();
  const now = Date.now();
  const created = await app.evaluate(() => process.getCreationTime());
  if (created === null) throw new Error('Electron does not know when it was started.');
  return now - created;
}

/** The same for as little as Electron can be, started in the same way. */
export async function floorShownAfter(): Promise<number> {
  const app = await _electron.launch({ cwd: floor, args: ['--disable-gpu', ...(asRoot ? ['--no-sandbox'] : []), '.'] });
  try {
    return await shownAfter(app, (await app.firstWindow()).getByText('Here.'));
  } finally {
    await app.close();
  }
}
