import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, pathNotTried } from './app.ts';

const appears = 60_000;

export const streamlit: App = {
  title: 'Streamlit',
  image: appImages.streamlit,
  leavesOut: { path: pathNotTried },
  uses: [
    {
      does: 'answers to an input',
      needs: 'upgrade',
      async run({ view }) {
        const name = view.getByLabel('Name');
        await name.fill('Ada', { timeout: appears });
        await name.press('Enter');
        await expect(view.getByText('Hello, Ada!')).toBeVisible();
      },
    },
    {
      does: 'uploads a file of 20 MB',
      needs: 'upgrade',
      async run({ view }) {
        const buffer = randomBytes(20_000_000);
        const digest = createHash('sha256').update(buffer).digest('hex');
        const folder = await mkdtemp(join(tmpdir(), 'guildnet-upload-'));
        try {
          await writeFile(join(folder, 'data.bin'), buffer);
          await view.locator('input[type=file]').setInputFiles(join(folder, 'data.bin'), { timeout: appears });
          await expect(view.getByText(`20000000 bytes, ${digest}`)).toBeVisible({ timeout: appears });
        } finally {
          await rm(folder, { recursive: true });
        }
      },
    },
  ],
};
