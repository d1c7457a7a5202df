import { expect } from '@playwright/test';
import { places } from '#test/apps/finding.ts';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, pathNotTried, portNotTried } from './app.ts';

const appears = 60_000;

export const marimo: App = {
  title: 'marimo',
  image: appImages.marimo,
  leavesOut: { path: pathNotTried, ...portNotTried },
  uses: [
    {
      does: 'runs a notebook, and what depends on a changed value',
      needs: 'upgrade',
      async run({ view, keyboard, place }) {
        const answer = view.getByText(/The answer is \d+\./).first();
        const runAll = view.getByTestId('run-button').last();
        // Where another page has the notebook open, this one asks for it.
        const takeOver = view.getByTestId('takeover-button');
        await expect(runAll.or(takeOver).first()).toBeVisible({ timeout: appears });
        if (await takeOver.isVisible()) await takeOver.click();
        // A run that is asked for before the kernel is connected is not heard.
        await expect(async () => {
          await runAll.click({ timeout: 5000 });
          await expect(answer).toBeVisible({ timeout: 5000 });
        }).toPass({ timeout: appears });
        // Another one each time: the notebook's state outlives the page.
        const amount = 7 + places.indexOf(place);
        const input = view.locator('marimo-number input').first();
        await input.fill(String(amount));
        await keyboard.press('Enter');
        await expect(view.getByText(`The answer is ${String(amount * 7)}.`).first()).toBeVisible({ timeout: appears });
      },
    },
  ],
};
