import { defineConfig } from '@playwright/test';
import everyTest from './playwright.config.ts';

// Pictures of every page, for people to look at: npm run screenshots. They are not kept in the repository, and no run is compared with them.
export default defineConfig({
  ...everyTest,
  testMatch: '*.pictures.ts',
  timeout: 900_000,
  outputDir: 'test-results/screenshots',
  reporter: [['list'], ['./e2e/fixtures/failure-reporter.ts']],
});
