import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sheets = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.css'),
);

test('no style is for whatever follows something, which would have all that is behind it looked through with every change', () => {
  expect(sheets.length).toBeGreaterThan(3);
  const found = sheets.flatMap((name) => {
    const text = readFileSync(join('src/ui', name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    return [...text.matchAll(/[^{};]*[+~]\s*(?:\*|:not|:where\(:not)[^{};]*\{/g)].map(
      ([rule]) => `${name}: ${rule.trim()}`,
    );
  });
  expect(found).toEqual([]);
});
