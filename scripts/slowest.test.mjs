import { expect, test } from 'vitest';
import { journeyFiles, slowest, unitFiles } from './slowest.mjs';

test('the longest files come first, with their part of the whole', () => {
  const testResults = [
    { name: '/bough/src/a.test.ts', startTime: 0, endTime: 1_000, assertionResults: [{}] },
    { name: '/bough/src/b.test.ts', startTime: 0, endTime: 3_000, assertionResults: [{}, {}] },
  ];
  expect(slowest(unitFiles({ testResults }, '/bough'))).toBe(
    ['    3.0 s  75 %  src/b.test.ts (2)', '    1.0 s  25 %  src/a.test.ts (1)', '    4.0 s in 2 files'].join(
      '\n',
    ),
  );
});

test('a journey counts all of its tests and tries, also those in groups', () => {
  const spec = (...durations) => ({ tests: [{ results: durations.map((duration) => ({ duration })) }] });
  const suites = [{ file: 'journeys/a.spec.ts', specs: [spec(500, 700)], suites: [{ specs: [spec(800)] }] }];
  expect(journeyFiles({ suites })).toEqual([{ file: 'e2e/journeys/a.spec.ts', seconds: 2, tests: 2 }]);
});

test('a report that was not written has no files', () => {
  expect(slowest([...unitFiles({}, '/'), ...journeyFiles({})])).toBe('    0.0 s in 0 files');
});
