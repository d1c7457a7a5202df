import { expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import type { App } from './app.ts';

const absolute = 'Vite serves its modules at /…, which is not below the path; give Vite `--base`.';

export const vite: App = {
  title: 'Vite dev server',
  image: appImages.vite,
  uses: [
    {
      does: 'shows the page',
      async run({ view }) {
        await expect(view.locator('h1')).not.toBeEmpty();
      },
      fails: { path: absolute },
    },
    {
      does: 'shows a change without loading the page anew (hot reload)',
      needs: 'upgrade',
      async run({ view, root, place }) {
        await view.getByLabel('Kept').fill('still here');
        const words = `After, in the ${place}`;
        const status = await view.evaluate(async ([url, body]) => (await fetch(url, { method: 'POST', body })).status, [
          `${root}save`,
          `export const words = '${words}';\n`,
        ] as const);
        expect(status).toBe(204);
        await expect(view.locator('h1')).toHaveText(words);
        await expect(view.getByLabel('Kept')).toHaveValue('still here');
      },
      fails: { path: absolute },
    },
  ],
};
