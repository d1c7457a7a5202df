import { expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, pathNotTried, portNotTried } from './app.ts';

export const gradio: App = {
  title: 'Gradio',
  image: appImages.gradio,
  leavesOut: { path: pathNotTried, ...portNotTried },
  uses: [
    {
      does: 'streams an answer piece by piece',
      async run({ view }) {
        await view.getByLabel('Name').fill('step', { timeout: 60_000 });
        const counted = view.getByLabel('Counted');
        await view.getByRole('button', { name: 'Count' }).click();
        const seen = new Set<number>();
        await expect(async () => {
          const lines = (await counted.inputValue()).split('\n').filter((line) => line !== '');
          seen.add(lines.length);
          expect(lines).toHaveLength(8);
        }).toPass({ timeout: 30_000, intervals: [50] });
        // Some of the way, not the end alone: what is held back on the way comes in one piece.
        expect([...seen].filter((count) => count > 0).length).toBeGreaterThan(3);
      },
    },
  ],
};
