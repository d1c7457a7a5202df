import type { WebContents } from 'electron';
import { isPressed, parseAccelerator } from '#contract/shortcuts/accelerator.ts';

/**
 * Leads from a workspace's page to the app's commands by one key, which the page does not see. It is the only key that is taken from an IDE:
 * all others reach it first, and the app's menu gets what it leaves. `key` is asked each time; empty means none.
 */
export function listenForPaletteKey(contents: WebContents, key: () => string, open: () => void): void {
  contents.on('before-input-event', (event, input) => {
    const accelerator = parseAccelerator(key(), process.platform === 'darwin');
    if (accelerator === undefined || !isPressed(accelerator, input)) return;
    event.preventDefault();
    open();
  });
}
