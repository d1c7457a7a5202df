import { randomBytes } from 'node:crypto';
import { type Page, expect } from '@playwright/test';
import { z } from 'zod';
import { workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { Place } from '#test/apps/finding.ts';
import { loadAppImage } from '#test/apps/image/load-app-image.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { testKubeconfig, testNamespace } from '../fixtures/cluster.ts';
import { type Desktop, startDesktop } from '../fixtures/desktop.ts';
import { frameOf } from '../fixtures/ui.ts';
import { type Web, openWebOn } from '../fixtures/web.ts';
import type { App, AppView } from './app.ts';

/** How long an application may take from its launch to its first answer on a busy machine, in milliseconds. */
const runsWithin = 180_000;

/** The port of the image that every cluster has. */
const codeServerPort = 8080;

/** Where applications are shown: one namespace, and a host for each way of showing them, started when first needed. */
export interface Stage extends AsyncDisposable {
  /** The application in a place; it is launched unless it runs. Disposing of what is returned closes what was opened. */
  show(app: App, place: Place): Promise<AppView & AsyncDisposable>;
  /** Takes the application's workspace away. */
  remove(app: App): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const owned = new AsyncDisposableStack();
  const namespace = owned.use(await testNamespace());
  const launched = new Map<App, string>();
  // With its operator, without which no application would start.
  const web = owned.use(await openWebOn(namespace));
  let pathWeb: Promise<Web> | undefined;
  let desktop: Promise<Desktop> | undefined;
  const keep = async <T extends AsyncDisposable>(opening: Promise<T>): Promise<T> => owned.use(await opening);

  const idOf = async (app: App): Promise<string> => {
    const known = launched.get(app);
    if (known !== undefined) return known;
    const id = await launch(namespace, app);
    launched.set(app, id);
    return id;
  };
  // Each place begins with a page of its own: what went wrong in one is none of the next one's business.
  const openUi = async (id: string): Promise<Page> => {
    const page = await web.page.context().newPage();
    await page.goto(`${new URL(web.host.url).origin}/workspaces/${id}`);
    await expect(page.getByRole('link', { name: 'Open in a new tab' })).toBeVisible({ timeout: runsWithin });
    return page;
  };
  const openDesktop = (): Promise<Desktop> => (desktop ??= keep(startAllowing()));
  /** A window in which the person lets every workspace read the clipboard that asks to. */
  const startAllowing = async (): Promise<Desktop> => {
    const started = await startDesktop({ kubeconfigPath: testKubeconfig(), namespace: namespace.name });
    await started.app.evaluate(({ dialog }) => {
      Object.assign(dialog, { showMessageBox: () => Promise.resolve({ response: 0, checkboxChecked: false }) });
    });
    return started;
  };
  const openView = async (id: string): Promise<Page> => {
    const { window, ide } = await openDesktop();
    await window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: id }).click();
    return ide(id);
  };
  const shown: Record<Place, (id: string, port: number) => Promise<AppView & AsyncDisposable>> = {
    async frame(id) {
      const page = await openUi(id);
      const frame = await frameOf(page, id);
      return {
        place: 'frame',
        view: frame,
        page,
        keyboard: page.keyboard,
        root: rootOf(frame.url()),
        [Symbol.asyncDispose]: () => page.close(),
      };
    },
    async tab(id) {
      const page = await openUi(id);
      const opening = page.context().waitForEvent('page');
      await page.getByRole('link', { name: 'Open in a new tab' }).click();
      const tab = await opening;
      await page.close();
      await tab.waitForURL((url) => url.hostname === `${id}.localhost`);
      return ofPage('tab', tab, rootOf(tab.url()), () => tab.close());
    },
    async path(id) {
      const options = { env: { PROXY_ORIGIN_MODE: 'path' } };
      const { page, host } = await (pathWeb ??= keep(openWebOn(namespace, options)));
      const tab = await page.context().newPage();
      const root = `${new URL(host.url).origin}/proxy/server/${id}/`;
      await tab.goto(root);
      return ofPage('path', tab, root, () => tab.close());
    },
    async window(id) {
      const view = await openView(id);
      return ofPage('window', view, rootOf(view.url()), async () => undefined);
    },
    async port(id, port) {
      const tab = await web.page.context().newPage();
      const root = rootOfPort(web.host.url, id, port);
      await tab.goto(root);
      return ofPage('port', tab, root, () => tab.close());
    },
    async 'port-window'(id, port) {
      const view = await openView(id);
      await view.waitForLoadState();
      const root = rootOfPort(view.url(), id, port);
      // As a link of its page does; no page opens a window without a click.
      await view.evaluate((url) => {
        const open = (): unknown => window.open(url);
        document.addEventListener('click', open, { once: true, capture: true });
      }, root);
      await view.locator('body').click({ position: { x: 2, y: 2 }, force: true });
      const { app } = await openDesktop();
      // Asked again and again: its first address is not yet the application's.
      const find = (): Page | undefined => app.windows().find((page) => page.url().startsWith(root));
      const opened = await waitUntil(find, { what: `the window of ${root}`, timeoutMs: 30_000 });
      return ofPage('port-window', opened, root, () => opened.close());
    },
  };
  return {
    async show(app, place) {
      return shown[place](await idOf(app), app.image?.port ?? codeServerPort);
    },
    async remove(app) {
      const name = launched.get(app);
      if (name === undefined) return;
      launched.delete(app);
      await namespace.custom.deleteNamespacedCustomObject({ ...workspaces, namespace: namespace.name, name });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function ofPage(place: Place, page: Page, root: string, close: () => Promise<void>): AppView & AsyncDisposable {
  return { place, view: page, page, keyboard: page.keyboard, root, [Symbol.asyncDispose]: close };
}

/** Where any port of a workspace has its origin, on the host that `url` is of. */
function rootOfPort(url: string, id: string, port: number): string {
  return `https://${String(port)}--${id}.localhost:${new URL(url).port}/`;
}

/** An application on an origin of its own begins at that origin's root. */
function rootOf(url: string): string {
  return `${new URL(url).origin}/`;
}

const workspaces = { group: workspaceGroup, version: workspaceVersion, plural: workspacePlural };
const phaseOf = z.object({ status: z.object({ phase: z.string() }).optional() });

/** Makes a Workspace of the application, as `kubectl apply` does, and waits until it runs. Returns its name. */
async function launch(target: TestNamespace, app: App): Promise<string> {
  const { custom, name: namespace } = target;
  const image = app.image === undefined ? localImages.codeServer : await loadAppImage(target, app.image);
  const name = `${app.image?.name ?? 'code-server'}-${randomBytes(3).toString('hex').slice(0, 5)}`;
  await createWorkspace(target, name, {
    image,
    ...(app.image === undefined ? {} : { ports: [{ containerPort: app.image.port }] }),
    env: Object.entries(app.env ?? {}).map(([key, value]) => ({ name: key, value })),
  });
  const look = async (): Promise<unknown> => custom.getNamespacedCustomObject({ ...workspaces, namespace, name });
  await waitUntil(async () => (phaseOf.parse(await look()).status?.phase === 'Running' ? true : undefined), {
    what: `${app.title} to run`,
    timeoutMs: runsWithin,
    explain: async () => JSON.stringify(await look()),
  });
  return name;
}
