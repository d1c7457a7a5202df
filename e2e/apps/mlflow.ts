import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, pathNotTried } from './app.ts';

const appears = 60_000;

export const mlflow: App = {
  title: 'MLflow',
  image: appImages.mlflow,
  leavesOut: { path: pathNotTried },
  uses: [
    {
      does: 'makes an experiment and lists it',
      async run({ view, root }) {
        const name = `trial-${randomUUID().slice(0, 6)}`;
        await view.goto(`${root}#/experiments`);
        await view
          .getByRole('button', { name: /^Create/ })
          .first()
          .click({ timeout: appears });
        const dialog = view.getByRole('dialog');
        await dialog.getByRole('textbox').first().fill(name);
        await dialog.getByRole('button', { name: /^Create/ }).click();
        await view.goto(`${root}#/experiments`);
        await expect(view.getByText(name).first()).toBeVisible({ timeout: appears });
      },
    },
  ],
};
