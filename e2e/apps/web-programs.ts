import { type Page, expect } from '@playwright/test';
import { appImages } from '#test/apps/image/app-images.ts';
import type { App } from './app.ts';

const image = appImages.web;
/** What the single origin costs a page that is written for the root of its own. */
const absolute = 'its page asks for addresses that begin at the root of the origin';

export const redirects: App = {
  title: 'Absolute redirects',
  image,
  env: { PROGRAM: 'redirects' },
  uses: [
    ['of Host', '', 'Welcome', 'welcome'],
    ['to its own port', 'dir', 'Directory', 'dir/'],
    ['of X-Forwarded-Host', 'forwarded', 'Welcome', 'welcome'],
    ['to a relative address', 'relative', 'Welcome', 'welcome'],
  ].map(([name = '', from = '', heading = '', to = '']) => ({
    does: `follows a redirect ${name}`,
    ...(from === 'dir' ? { needs: 'host' as const } : {}),
    async run({ view, root }) {
      await view.goto(root + from);
      await expect(view.getByRole('heading', { name: heading })).toBeVisible();
      expect(view.url()).toBe(root + to);
    },
  })),
};

export const events: App = {
  title: 'Server-Sent Events',
  image,
  env: { PROGRAM: 'events' },
  uses: [
    {
      does: 'shows events as they come, and goes on where a break was',
      async run({ view }) {
        const items = view.locator('li');
        await expect(items.nth(24)).toBeVisible({ timeout: 30_000 });
        const texts = (await items.allTextContents()).slice(0, 25);
        expect(texts).toEqual(Array.from({ length: 25 }, (_, i) => `${String(i + 1)} event ${String(i + 1)}`));
      },
      fails: { path: absolute },
    },
  ],
};

export const grpcWeb: App = {
  title: 'gRPC-web',
  image,
  env: { PROGRAM: 'grpc-web' },
  version: 'Connect 2.2.0',
  uses: [
    {
      does: 'calls, streams, and reads the error in the trailers',
      async run({ view }) {
        await expect(view.locator('#one')).toHaveText('Hello, Ada!');
        await expect(view.locator('#many')).toHaveText('step 1, step 2, step 3, step 4, step 5');
        await expect(view.locator('#refused')).toHaveText('[permission_denied] not today');
      },
      fails: { path: absolute },
    },
  ],
};

/** Goes to an address that asks for a name, and answers the desktop's question. Returns the status that the page ended with. */
async function asked(page: Page, url: string, answer: (question: Page) => Promise<void>): Promise<number | undefined> {
  const asking = page.context().waitForEvent('page');
  const going = page.goto(url);
  await answer(await asking);
  return (await going)?.status();
}

async function signIn(question: Page, name: string, password: string): Promise<void> {
  await question.getByRole('textbox', { name: 'Name' }).fill(name);
  await question.getByLabel('Password').fill(password);
  await question.getByRole('button', { name: 'Sign in' }).click();
}

export const basic: App = {
  title: 'Basic authentication',
  image,
  env: { PROGRAM: 'basic' },
  leavesOut: {
    frame: 'the dialog that a browser opens for a frame cannot be answered by a test',
    'port-window': 'not tried: the window says what the desktop does',
  },
  uses: [
    {
      does: 'signs in with a name and a password',
      needs: 'authorization',
      async run({ view, page, root, place }) {
        const welcome = view.getByRole('heading', { name: 'Welcome, ada' });
        if (place === 'window') {
          // Cancelled, the application's own words are left.
          const refused = await asked(page, `${root}private`, (question) =>
            question.getByRole('button', { name: 'Cancel' }).click(),
          );
          expect(refused).toBe(401);
          await expect(view.getByText('Who are you?')).toBeVisible();
          const signedIn = await asked(page, `${root}private`, async (question) => {
            await expect(question.getByText('“Engine”')).toBeVisible();
            // A wrong one is asked about again.
            const asking = page.context().waitForEvent('page');
            await signIn(question, 'ada', 'wrong');
            const again = await asking;
            await expect(again.getByRole('alert')).toHaveText('The name and password were not accepted.');
            await signIn(again, 'ada', 'lovelace');
          });
          expect(signedIn).toBe(200);
        } else {
          const names = { username: 'ada', password: 'lovelace' };
          await view.goto(Object.assign(new URL(`${root}private`), names).href);
        }
        await expect(welcome).toBeVisible();
      },
      fails: {
        path: 'names and passwords that are given to the shared origin stay there',
      },
    },
  ],
};
