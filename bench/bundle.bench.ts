/** What a browser must load before the page does anything: the entry's static imports, gzip. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipped, MOST, scriptsOf } from '../scripts/first-load.mjs';
import { figure } from './report.ts';

const dist = join(import.meta.dirname, '../dist/client');
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const scripts = scriptsOf(html);
const size = (path: string) => gzipped(readFileSync(join(dist, path)));
const total = scripts.reduce((sum, path) => sum + size(path), 0);
figure(
  'initial JavaScript, gzip',
  `≤ ${MOST / 1000} kB`,
  `${(total / 1000).toFixed(1)} kB (${scripts.length} files)`,
);
const worker = readdirSync(join(dist, 'assets')).filter((name) => /^worker-.*\.js$/.test(name));
const sizes = worker.map((name) => size(`assets/${name}`) / 1000);
figure(
  'the worker with the live connection, once a browser, gzip',
  '',
  `${sizes.map((kb) => kb.toFixed(1)).join(', ')} kB`,
);
