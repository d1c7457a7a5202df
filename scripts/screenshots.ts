import { runScript } from './run-script.ts';
import { withEndToEnd } from './testing/with-end-to-end.ts';

/** `npm run screenshots [-- Playwright arguments…]`: pictures of every page and state, in both themes and two sizes, into docs/screenshots. */
await runScript(() =>
  withEndToEnd(({ playwright }) => playwright('playwright.screenshots.config.ts', process.argv.slice(2))),
);
