/**
 * What a browser loads before the page does anything is bounded (docs/performance.md). The build fails above the bound and says which
 * files have grown since first-load.json was written; `npm run build -- --record-first-load` writes it anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes, compressed with gzip at its best. */
export const MOST = 130_000;
const NAMED = 8;

/** Scripts of the page in `html`: the entry, and what it imports. */
export const scriptsOf = (html) =>
  [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path);

export const gzipped = (code) => gzipSync(code, { level: 9 }).length;

/** What Vite built, as bytes that are loaded first and characters by file (before they are made small). */
export function firstLoad({ output }, root) {
  const html = output.find(({ fileName }) => fileName === 'index.html').source.toString();
  const paths = new Set(scriptsOf(html));
  const chunks = output.filter(({ type, fileName }) => type === 'chunk' && paths.has(fileName));
  const files = {};
  for (const [id, { renderedLength }] of chunks.flatMap(({ modules }) => Object.entries(modules))) {
    if (renderedLength === 0) continue;
    const name = nameOf(id, root);
    files[name] = (files[name] ?? 0) + renderedLength;
  }
  return { bytes: chunks.reduce((sum, { code }) => sum + gzipped(code), 0), files };
}

/** A file of ours by its path, of a package by the package. */
function nameOf(id, root) {
  const library = id.split('node_modules/').at(-1);
  if (library !== id) return library.match(/^(?:@[^/]+\/)?[^/]+/)[0];
  return id.replaceAll('\0', '').replace(`${root}/`, '');
}

/** Throws the sentence where it is too much. */
export function checkFirstLoad({ bytes, files }, before, most = MOST) {
  if (bytes <= most) return;
  const grown = Object.entries(files)
    .map(([name, size]) => ({ name, size, more: size - (before[name] ?? 0) }))
    .filter(({ more }) => more > 0)
    .sort((a, b) => b.more - a.more);
  const named = grown
    .slice(0, NAMED)
    .map(({ name, size, more }) => `${name} (${more === size ? 'new' : 'more'}: ${more})`);
  const rest = grown.length > NAMED ? ` and ${grown.length - NAMED} more` : '';
  throw new Error(
    `The first load is ${kB(bytes)} gzip; it may be ${kB(most)}. Load what the first screen does not need later, or make it smaller. ` +
      `Grown since scripts/first-load.json, in characters before minifying: ${named.join(', ') || 'nothing'}${rest}.`,
  );
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const record = join(import.meta.dirname, 'first-load.json');

export const recorded = () => JSON.parse(readFileSync(record, 'utf8'));

export function recordFirstLoad({ files }) {
  writeFileSync(record, `${JSON.stringify(Object.fromEntries(Object.entries(files).sort()), null, 2)}\n`);
}
