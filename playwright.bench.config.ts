import { defineConfig } from '@playwright/test';
import everyTest from './playwright.config.ts';

// Benches that need a window: npm run bench:window, npm run bench:faults -- --editor. They say with what by the environment.
export default defineConfig({
  ...everyTest,
  testMatch: '*.bench.ts',
  timeout: 7_200_000,
  outputDir: 'test-results/bench',
  reporter: [['list'], ['./e2e/fixtures/failure-reporter.ts']],
});
