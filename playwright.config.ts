import { availableParallelism } from 'node:os';
import { defineConfig, devices } from '@playwright/test';
import { findBrowser, manyPagesArgs } from './scripts/browser.mjs';

const executablePath = await findBrowser();

/**
 * The server is started by the fixtures, one per worker (e2e/fixtures.ts). No retries at a desk: a flaky test is a failing test.
 * CI tries once more and reports what was flaky: two busy cores are not what it judges.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // A journey waits more than it computes: for replies, for frames, for what is said to settle (docs/decisions/0121-order-of-unit-tests.md).
  workers: Math.min(8, 2 * availableParallelism()),
  fullyParallel: true,
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: process.env.BOUGH_E2E_REPORT
    ? [['list'], ['json', { outputFile: process.env.BOUGH_E2E_REPORT }]]
    : [['list']],
  use: {
    // A trace of every test costs a third of the run; at a desk: --trace on.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        launchOptions: { ...(executablePath && { executablePath }), args: manyPagesArgs() },
      },
    },
  ],
});
