/**
 * Unexpected output fails a test: whatever reaches console.error or console.warn while it runs is its failure.
 * A test that expects output replaces the method: `vi.spyOn(console, 'error').mockImplementation(() => {})`.
 */
import { format } from 'node:util';
import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest';

const unexpected: string[] = [];
const original = { error: console.error, warn: console.warn };

function watch(method: 'error' | 'warn'): void {
  console[method] = (...args: unknown[]) => {
    unexpected.push(`console.${method}: ${format(...args)}`);
    original[method](...args);
  };
}

beforeEach(() => {
  unexpected.length = 0;
  watch('error');
  watch('warn');
});

afterEach(() => {
  console.error = original.error;
  console.warn = original.warn;
  expect(unexpected.splice(0), 'unexpected console output').toEqual([]);
});

// What a test that failed left so would be the clock of the next file in this process.
afterAll(() => void vi.useRealTimers());
