import { readFile } from 'node:fs/promises';
import { type Page, expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, onDesktop } from './app.ts';

/** Eight bytes a line: its number and a line feed. */
const size = 20_000_000;

/** What the file holds that `begin` has the page download. */
async function downloaded(page: Page, begin: () => Promise<void>): Promise<string> {
  const downloading = page.waitForEvent('download');
  await begin();
  return readFile(await (await downloading).path(), 'latin1');
}

export const nginx: App = {
  title: 'nginx',
  image: appImages.nginx,
  uses: [
    {
      does: 'answers to range requests',
      async run({ view, root }) {
        const ask = (range: string) =>
          view.evaluate(
            async ([url, value]) => {
              const answer = await fetch(url, { headers: { range: value }, cache: 'no-store' });
              return [answer.status, answer.headers.get('content-range'), await answer.text()];
            },
            [`${root}numbers.bin`, range] as const,
          );
        expect(await ask('bytes=80-95')).toEqual([206, `bytes 80-95/${String(size)}`, '0000010\n0000011\n']);
        expect(await ask('bytes=-8')).toEqual([
          206,
          `bytes ${String(size - 8)}-${String(size - 1)}/${String(size)}`,
          '2499999\n',
        ]);
        expect(await ask(`bytes=${String(size)}-`)).toEqual([416, `bytes */${String(size)}`, expect.any(String)]);
      },
    },
    {
      does: 'downloads a file of 20 MB',
      async run({ view, page, place, root }) {
        if (onDesktop(place)) {
          // The desktop asks the person where to put it; here the page itself takes it.
          const length = await view.evaluate(
            async () => (await (await fetch('/numbers.bin')).arrayBuffer()).byteLength,
          );
          expect(length).toBe(size);
          return;
        }
        const content = await downloaded(page, () => view.getByRole('link', { name: 'numbers.bin' }).click());
        expect(content.length).toBe(size);
        expect(content.endsWith('2499998\n2499999\n')).toBe(true);
        // A page that a browser would show becomes a file as well.
        await view.evaluate((href) => {
          const link = { href, download: 'page.html', textContent: 'this page' };
          document.body.append(Object.assign(document.createElement('a'), link));
        }, root);
        const shown = await downloaded(page, () => view.getByRole('link', { name: 'this page' }).click());
        expect(shown).toContain('numbers.bin');
        // What it was begun from is still there.
        expect(view.url()).toBe(root);
        await expect(view.getByRole('link', { name: 'this page' })).toBeVisible();
      },
    },
  ],
};
