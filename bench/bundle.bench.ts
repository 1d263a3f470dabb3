/** What a browser must load before the page does anything: the entry's static imports, gzip. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { figure } from './report.ts';

const dist = join(import.meta.dirname, '../dist/client');
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const scripts = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map((match) => match[1] as string);
const size = (path: string) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
const total = scripts.reduce((sum, path) => sum + size(path), 0);
figure('initial JavaScript, gzip', '≤ 130 kB', `${(total / 1000).toFixed(1)} kB (${scripts.length} files)`);
const worker = readdirSync(join(dist, 'assets')).filter((name) => /^worker-.*\.js$/.test(name));
const sizes = worker.map((name) => size(`assets/${name}`) / 1000);
figure(
  'the worker with the live connection, once a browser, gzip',
  '',
  `${sizes.map((kb) => kb.toFixed(1)).join(', ')} kB`,
);
