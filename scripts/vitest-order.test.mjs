import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './stamp.mjs';
import { LONGEST, rankOf } from './vitest-order.mjs';

test('the files that take longest are there, and come before all others', () => {
  expect(LONGEST.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const any = join(root, 'src/tree/fold-outline.test.ts');
  for (const path of LONGEST) expect(rankOf(join(root, path)), path).toBeLessThan(rankOf(any));
});
