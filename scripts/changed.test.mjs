import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedFiles, JOURNEYS, planOf, specOf } from './changed.mjs';
import { root } from './stamp.mjs';

test('a change of documents alone runs nothing', () => {
  expect(planOf(['docs/protocol.md', 'README.md'])).toEqual({
    unit: { related: [], beside: [] },
    journeys: [],
  });
});

test('a feature runs its importers and its journeys', () => {
  const { unit, journeys } = planOf(['src/ui/features/find/find-bar.tsx']);
  expect(unit).toEqual({ related: ['src/ui/features/find/find-bar.tsx'], beside: [] });
  expect(journeys).toEqual([
    ...['deep-links', 'edit-and-fork', 'find', 'first-answer', 'mid-reply', 'steer', 'tasks'],
  ]);
});

test('a journey runs itself, a unit test no journey', () => {
  expect(planOf(['e2e/journeys/finding/find.spec.ts']).journeys).toEqual(['find']);
  expect(planOf(['e2e/journeys/finding/gone.spec.ts']).journeys).toEqual([]);
  expect(planOf(['e2e/tasks/hands.ts', 'e2e/tasks/tasks.spec.ts']).journeys).toEqual(['tasks']);
  expect(planOf(['scripts/changed.mjs', 'scripts/checks/words.mjs']).journeys).toEqual([]);
  expect(planOf(['scripts/browser.mjs']).journeys).toBe('all');
  expect(planOf(['src/tree/fold-outline.test.ts'])).toEqual({
    unit: { related: ['src/tree/fold-outline.test.ts'], beside: [] },
    journeys: [],
  });
});

test('what the server is made of runs the tests that start it as a process', () => {
  const { unit } = planOf(['src/server/replies/runner.ts']);
  expect(unit).toMatchObject({
    beside: expect.arrayContaining(['src/server/main.test.ts', 'src/server/torture/']),
  });
});

test.each([
  ['package-lock.json'],
  ['vitest.config.ts'],
  ['scripts/vitest-setup.ts'],
  ['something-new.json'],
  ['src/protocol/recorded/old.json'],
])('%s: every unit test, and every journey', (path) => {
  expect(planOf([path])).toEqual({ unit: 'all', journeys: 'all' });
});

test.each([
  ['e2e/fixtures.ts'],
  ['src/protocol/streams/items.ts'],
  ['src/ui/stores/places.ts'],
  ['src/server/server.ts'],
])('%s: every journey, whatever else changed', (path) => {
  expect(planOf(['e2e/journeys/finding/find.spec.ts', path]).journeys).toBe('all');
});

test('the folders and the journeys of the table are there', () => {
  for (const [folder, journeys] of Object.entries(JOURNEYS)) {
    expect(existsSync(join(root, folder)), folder).toBe(true);
    for (const journey of journeys) expect(specOf(journey), journey).toBeDefined();
  }
});

test('every file of journeys can be chosen', () => {
  const files = readdirSync(join(root, 'e2e'), { recursive: true }).filter((name) =>
    name.endsWith('.spec.ts'),
  );
  for (const file of files) {
    const { journeys } = planOf([`e2e/${file}`]);
    expect(journeys === 'all' ? [] : journeys.map(specOf), file).toEqual([file]);
  }
});

test('a commit that is not there is said', async () => {
  await expect(changedFiles('no-such-commit')).rejects.toThrow('--changed=COMMIT');
});
