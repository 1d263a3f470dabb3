import { availableParallelism } from 'node:os';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { findBrowser, launchArgs } from './scripts/browser.mjs';
import { LongestFirst } from './scripts/vitest-order.mjs';

/**
 * Nothing here waits this long; a machine busy with other work should still not fail a test. CI tries once more, as it does a journey: two busy
 * cores are not what it judges. At a desk a flaky test is a failing test.
 */
const patience = {
  testTimeout: 20_000,
  hookTimeout: 30_000,
  retry: process.env.CI ? 1 : 0,
  expect: { poll: { timeout: 10_000 } },
};

/** Processes, or pages, for tests that hardly wait. */
const FEW = availableParallelism() + 1;

const executablePath = await findBrowser();

/** What has to be seen: `NAME.browser.test.ts`. Left out where there is no browser yet; `npm test` fetches one first. */
const browser: TestProjectInlineConfiguration[] = executablePath
  ? [
      {
        // What is measured there has its styles.
        plugins: [tailwindcss()],
        // What only workers ask for is found late, and the page is then loaded anew in the middle of a test.
        optimizeDeps: {
          include: [
            'character-entities',
            'libheif-js/libheif/libheif.js',
            'remark-parse',
            'remark-rehype',
            'unified',
          ],
        },
        test: {
          ...patience,
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          // So many pages at once, beside the components. Without a number vitest opens one fewer than there are processors.
          maxWorkers: FEW,
          sequence: { groupOrder: 0 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath, args: launchArgs() } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ]
  : [];

export default defineConfig({
  test: {
    // By itself vitest leaves one processor free. The longest files wait as much as they compute: four more workers than processors.
    maxWorkers: availableParallelism() + 4,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'scripts/vitest-tmp.mjs',
    projects: [
      {
        test: {
          ...patience,
          name: 'node',
          environment: 'node',
          // One file after another in a process, with the modules loaded once: what a file changes of its process it puts back.
          isolate: false,
          include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['src/**/*.browser.test.ts'],
          setupFiles: ['scripts/vitest-setup.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...patience,
          name: 'dom',
          environment: 'happy-dom',
          // As those of `node`: loading React, the page's modules and a document anew for each file cost more than the tests.
          isolate: false,
          // Before all others, and in few processes: hardly any of them waits, and each loads React and a document.
          maxWorkers: FEW,
          include: ['src/**/*.test.tsx'],
          setupFiles: ['scripts/vitest-setup.ts', 'scripts/vitest-setup-dom.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      ...browser,
    ],
  },
});
