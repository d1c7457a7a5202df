import { expect, test } from '@playwright/test';
import { versionOf } from '#test/apps/image/app-image.ts';
import { codeServerVersion } from '#local-cluster/versions.ts';
import { gatewayVariable } from '#test/e2e-setup.ts';
import { lostByPodProxy } from './app.ts';
import type { App, AppView } from './app.ts';
import { type Stage, openStage } from './stage.ts';
import { type Finding, type Place, findingAnnotation, places } from '#test/apps/finding.ts';

/** A failing use shall say so soon where it is known to fail, in milliseconds. */
const knownToFailWithin = 8_000;

/** Tests of every application in every place of `where`, on one stage. What was found is attached to each test, for docs/apps.md. */
export function testApps(apps: readonly App[], where: readonly Place[] = places): void {
  let stage: Stage;
  test.beforeAll(async () => {
    stage = await openStage();
  });
  test.afterAll(async () => {
    await stage[Symbol.asyncDispose]();
  });
  for (const app of apps) {
    test.describe(app.title, () => {
      for (const place of where.filter((one) => app.leavesOut?.[one] === undefined)) {
        test(`${app.title}: ${place}`, async () => {
          await use(stage, app, place);
        });
      }
      test.afterAll(async () => {
        await stage.remove(app);
      });
    });
  }
}

/** Whether everything goes by the API server's pod-proxy in this run. */
const isPodProxy = process.env[gatewayVariable] === 'pod-proxy';

/** What becomes of a WebSocket that a page of the application's origin opens. */
async function openSocket({ page, root }: AppView): Promise<string> {
  return page.evaluate(
    async (url) => {
      const socket = new WebSocket(url);
      return new Promise<string>((resolve) => {
        for (const name of ['open', 'error']) socket.addEventListener(name, () => resolve(name));
      });
    },
    root.replace('https:', 'wss:'),
  );
}

async function use(stage: Stage, app: App, place: Place): Promise<void> {
  const version = app.version ?? (app.image === undefined ? codeServerVersion : await versionOf(app.image));
  const finding: Finding = { app: app.title, version, place, works: [], fails: [] };
  try {
    await using view = await stage.show(app, place);
    for (const { does, run, fails, needs } of app.uses) {
      const why = fails?.[place];
      await test.step(does, async () => {
        if (needs !== undefined && isPodProxy) {
          if (needs === 'upgrade') expect(await openSocket(view)).toBe('error');
          finding.fails.push({ does, why: lostByPodProxy[needs] });
          return;
        }
        if (why === undefined) {
          await run(view);
          finding.works.push(does);
          return;
        }
        view.page.setDefaultTimeout(knownToFailWithin);
        await expect(run(view), `${does}: known not to work`).rejects.toThrow();
        finding.fails.push({ does, why });
      });
    }
  } finally {
    test.info().annotations.push({ type: findingAnnotation, description: JSON.stringify(finding) });
  }
}
