import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

/** Statuses and codes as the table of docs/protocol.md, "Failures", has them. */
async function documented(): Promise<ReadonlySet<string>> {
  const page = await readFile(join(ROOT, 'docs/protocol.md'), 'utf8');
  const table = page.slice(page.indexOf('### Failures'), page.indexOf('## Models'));
  const rows = [...table.matchAll(/^\| ([\d, ]+) \| (.+) \|$/gm)];
  return new Set(
    rows.flatMap(([, statuses = '', codes = '']) =>
      statuses
        .split(', ')
        .flatMap((status) => [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code]) => `${status} ${code}`)),
    ),
  );
}

/** Those that the source refuses with, by the file. */
async function refused(): Promise<ReadonlyMap<string, string>> {
  const source = join(ROOT, 'src');
  const names = (await readdir(source, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.includes('.test.'),
  );
  const found = new Map<string, string>();
  for (const name of names) {
    const text = await readFile(join(source, name), 'utf8');
    for (const [, status, code] of text.matchAll(/new Refusal\(\s*(\d{3}),\s*'([a-z-]+)'/g))
      found.set(`${status} ${code}`, name);
  }
  return found;
}

it('refuses with nothing that docs/protocol.md does not name', async () => {
  const [known, said] = [await documented(), await refused()];
  expect(said.size).toBeGreaterThan(50);
  expect([...said].filter(([failure]) => !known.has(failure))).toEqual([]);
});
