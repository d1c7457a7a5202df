import { defineConfig } from '@playwright/test';
import everyTest from './playwright.config.ts';

// Every real application, which takes too long for every run: npm run test:apps.
export default defineConfig({
  ...everyTest,
  testMatch: '*.apps.ts',
  // A bound, as everywhere: 200 MB through an editor beside others on two cores.
  timeout: 900_000,
  outputDir: 'test-results/apps',
  reporter: [['list'], ['./e2e/fixtures/failure-reporter.ts'], ['json', { outputFile: 'test-results/apps.json' }]],
});
