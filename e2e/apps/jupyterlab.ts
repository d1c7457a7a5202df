import { randomUUID } from 'node:crypto';
import { type Frame, type Page, expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, pathNotTried } from './app.ts';

/** The first start of a kernel, or of Lab's page, on a busy machine, in milliseconds. */
const slow = 60_000;

async function openFromLauncher(view: Page | Frame, card: string): Promise<void> {
  await view
    .locator('jp-button[data-command="launcher:create"], button[data-command="launcher:create"]')
    .first()
    .click();
  await view.locator('.jp-LauncherCard:visible').filter({ hasText: card }).first().click();
}

async function expectFile(view: Page | Frame, name: string): Promise<void> {
  await expect(async () => {
    await view.locator('[data-command="filebrowser:refresh"]').first().click();
    await expect(view.locator('.jp-DirListing-item').filter({ hasText: name })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: slow });
}

export const jupyterLab: App = {
  title: 'JupyterLab',
  image: appImages.jupyterlab,
  leavesOut: { path: pathNotTried },
  uses: [
    {
      does: 'runs a cell in a kernel',
      needs: 'upgrade',
      async run({ view, keyboard, root, place }) {
        // A layout of its own for each place: what another one has open would be opened again, and be in the way.
        await view.goto(`${root}lab/workspaces/${place}`);
        await expect(view.locator('.jp-DirListing')).toBeVisible({ timeout: slow });
        await openFromLauncher(view, 'Python 3');
        const notebook = view.locator('.jp-NotebookPanel:visible');
        await notebook.locator('.jp-Cell .cm-content').first().click({ timeout: slow });
        // What is run before the kernel is there is not run.
        await expect(view.getByText('| Idle')).toBeVisible({ timeout: slow });
        await keyboard.type('print(6 * 7)');
        await keyboard.press('Shift+Enter');
        await expect(notebook.locator('.jp-OutputArea-output').first()).toHaveText('42', { timeout: slow });
      },
    },
    {
      does: 'types in a terminal',
      needs: 'upgrade',
      async run({ view, keyboard }) {
        const file = `answer-${randomUUID().slice(0, 6)}.txt`;
        await openFromLauncher(view, 'Terminal');
        const terminal = view.locator('.jp-Terminal:visible');
        await terminal.click({ timeout: slow });
        await expect(async () => {
          await keyboard.type(`echo $((6*7)) > ~/${file}`);
          await keyboard.press('Enter');
          await expectFile(view, file);
        }).toPass({ timeout: slow });
      },
    },
    {
      does: 'uploads a file',
      // The host signs people in by it.
      needs: 'authorization',
      async run({ view, page }) {
        const name = `upload-${randomUUID().slice(0, 6)}.csv`;
        const choosing = page.waitForEvent('filechooser');
        await view.locator('[data-jp-item-name="uploader"] jp-button, [title^="Upload"]').first().click();
        await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.alloc(2_000_000, 'a,b\n') });
        await expectFile(view, name);
      },
    },
  ],
};
