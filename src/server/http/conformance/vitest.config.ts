import { defineConfig } from 'vitest/config';

/** Not one of the project's own suites: conformance.test.ts runs it and reads its report. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/server/http/conformance/suite.ts'],
    testTimeout: 60_000,
    sequence: { concurrent: true },
    maxConcurrency: 6,
    // The suite waits by the wall clock; what a busy machine kept it from seeing is tried again.
    retry: 2,
  },
});
