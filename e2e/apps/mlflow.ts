import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { z } from 'zod';
import { appImages } from '#test/apps/image/app-images.ts';
import { type App, type AppView, pathNotTried, portNotTried } from './app.ts';

const appears = 60_000;

const createdRun = z.object({ run: z.object({ info: z.object({ run_name: z.string() }) }) });

/** Makes an experiment as a person does, and returns the number that its page's address has. */
async function makeExperiment({ view, root }: AppView, name: string): Promise<string> {
  await view.goto(`${root}#/experiments`);
  await view
    .getByRole('button', { name: /^Create/ })
    .first()
    .click({ timeout: appears });
  const dialog = view.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(name);
  await dialog.getByRole('button', { name: /^Create/ }).click();
  await view.waitForURL(/#\/experiments\/\d+/, { timeout: appears });
  return /#\/experiments\/(\d+)/.exec(view.url())?.[1] ?? '';
}

export const mlflow: App = {
  title: 'MLflow',
  image: appImages.mlflow,
  // It answers to the names that it is told, and takes what changes something from the origins that it is told: nobody else's.
  env: {
    MLFLOW_SERVER_ALLOWED_HOSTS: '*.localhost:*,localhost:*,10.*',
    MLFLOW_SERVER_CORS_ALLOWED_ORIGINS: 'https://*.localhost:*',
  },
  leavesOut: { path: pathNotTried, ...portNotTried },
  uses: [
    {
      does: 'makes an experiment and lists it',
      async run(seen) {
        const { view, root } = seen;
        const name = `trial-${randomUUID().slice(0, 6)}`;
        await makeExperiment(seen, name);
        await view.goto(`${root}#/experiments`);
        await expect(view.getByText(name).first()).toBeVisible({ timeout: appears });
      },
    },
    {
      does: 'takes a run by its API and shows it',
      async run(seen) {
        const { view, root } = seen;
        const experiment = await makeExperiment(seen, `runs-${randomUUID().slice(0, 6)}`);
        const name = `run-${randomUUID().slice(0, 6)}`;
        const made = await view.evaluate(
          async ([url, body]) => {
            const headers = { 'content-type': 'application/json' };
            const answer = await fetch(url, { method: 'POST', headers, body });
            return (await answer.json()) as unknown;
          },
          [
            `${root}ajax-api/2.0/mlflow/runs/create`,
            JSON.stringify({ experiment_id: experiment, run_name: name, start_time: Date.now() }),
          ] as const,
        );
        expect(createdRun.parse(made).run.info.run_name).toBe(name);
        await view.goto(`${root}#/experiments/${experiment}/runs`);
        await expect(view.getByText(name).first()).toBeVisible({ timeout: appears });
      },
    },
  ],
};
