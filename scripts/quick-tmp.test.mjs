import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { quickTmp } from './quick-tmp.mjs';

test('what somebody chose counts', () => {
  expect(quickTmp({ TMPDIR: '/somewhere' }, '/')).toBe(tmpdir());
});

test('where there is no folder in memory it is that of the system', () => {
  expect(quickTmp({}, '/no/such/folder')).toBe(tmpdir());
});

test.skipIf(process.platform !== 'linux')('where there is little room it is that of the system', () => {
  // It has none.
  expect(quickTmp({}, '/proc')).toBe(tmpdir());
});
