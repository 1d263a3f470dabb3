import { defineConfig } from 'vitest/config';

/** Nothing here waits this long; a machine busy with other work should still not fail a test. */
const patience = { testTimeout: 20_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...patience,
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs'],
          setupFiles: ['scripts/vitest-setup.ts'],
        },
      },
      {
        test: {
          ...patience,
          name: 'dom',
          environment: 'happy-dom',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['scripts/vitest-setup.ts', 'scripts/vitest-setup-dom.ts'],
        },
      },
    ],
  },
});
