import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataSizesSchema, HIDDEN_PATH, hiddenSchema, SIZES_PATH } from '../../../protocol/requests/data.ts';
import { createDataMeasure } from '../../data-sizes.ts';
import { type Harness, startHarness } from '../testing.ts';

const sizes = createDataMeasure({
  data: import.meta.dirname,
  trouble: (error) => {
    throw error;
  },
});

let server: Harness;
beforeEach(async () => {
  server = await startHarness({ sizes });
});
afterEach(() => server.close());

test('answers what the folder holds, kept by nobody', async () => {
  const response = await fetch(server.url + SIZES_PATH);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const told = dataSizesSchema.parse(await response.json());
  expect(told.folder).toBe(import.meta.dirname);
  expect(told.parts.find(({ part }) => part === 'other')?.files).toBeGreaterThan(20);
});

test('answers where branches are hidden', async () => {
  const response = await fetch(server.url + HIDDEN_PATH);
  expect(hiddenSchema.parse(await response.json())).toEqual({ conversations: [] });
});

test.each([SIZES_PATH, HIDDEN_PATH])('%s is read and nothing else', async (path) => {
  const response = await fetch(server.url + path, { method: 'POST' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});
