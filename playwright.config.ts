import { defineConfig } from '@playwright/test';
import { chromium } from './scripts/runtime/chromium.ts';

const root = process.platform === 'linux' && process.getuid?.() === 0;

// One worker and no retries: the tests share one machine's cluster, and a flaky test is a defect to be found.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  globalSetup: './test/e2e-setup.ts',
  outputDir: 'test-results/e2e',
  workers: 1,
  retries: 0,
  // Generous, because they are bounds and not measurements: an IDE on a busy machine with two cores is slow.
  timeout: 300_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['./e2e/fixtures/failure-reporter.ts'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    screenshot: 'only-on-failure',
    // Snapshots of an IDE's page after every step take longer than the steps.
    trace: { mode: 'retain-on-failure', snapshots: false },
    launchOptions: { ...chromium(), args: root ? ['--no-sandbox'] : [] },
  },
});
