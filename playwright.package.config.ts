import { defineConfig } from '@playwright/test';
import everyTest from './playwright.config.ts';

// The app as it is installed: npm run test:package.
export default defineConfig({
  ...everyTest,
  testMatch: '*.package.ts',
  outputDir: 'test-results/package',
  reporter: [['list'], ['./e2e/fixtures/failure-reporter.ts'], ['json', { outputFile: 'test-results/package.json' }]],
});
