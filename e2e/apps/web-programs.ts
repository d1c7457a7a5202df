import { expect } from '@playwright/test';
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

export const basic: App = {
  title: 'Basic authentication',
  image,
  env: { PROGRAM: 'basic' },
  leavesOut: { frame: 'the dialog that a browser opens for a frame cannot be answered by a test' },
  uses: [
    {
      does: 'signs in with a name and a password',
      async run({ view, root, place }) {
        // The desktop has no address to write them into; there the page is what asks.
        const names = place === 'window' ? {} : { username: 'ada', password: 'lovelace' };
        await view.goto(Object.assign(new URL(`${root}private`), names).href);
        await expect(view.getByRole('heading', { name: 'Welcome, ada' })).toBeVisible();
      },
      fails: {
        window: 'the desktop asks for no name and password (Electron leaves that to the application)',
        path: 'names and passwords that are given to the shared origin stay there',
      },
    },
  ],
};
