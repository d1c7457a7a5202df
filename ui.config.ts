import tailwindcss from '@tailwindcss/vite';
import type { Plugin, UserConfig } from 'vite';
import solid from 'vite-plugin-solid';

/**
 * Both faces serve the UI at the root of an origin, and its pages have deep paths: relative addresses would break there.
 * The option `base` does not do: electron-vite's own plugin, which comes before all others (`enforce: 'pre'`), overwrites it
 * by `./` in production. `scripts/build-app.ts` looks at what was built.
 */
const servedAtRoot: Plugin = { name: 'guildnet:served-at-root', config: () => ({ base: '/' }) };

/** The page's own policy is for the built page: Vite's styles are elements in it. The host's header has the one for development. */
const policyOfHost: Plugin = {
  name: 'guildnet:policy-of-host',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** What is the same when the UI is built and when a development server serves it: its sources are made into pages by these. */
export const uiConfig = { plugins: [solid(), tailwindcss(), servedAtRoot, policyOfHost] } satisfies UserConfig;
