/** Builds the page to dist/client and the server to dist/server (docs/decisions/0004-bundled-server.md), then stamps them. */
import { rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { build } from 'vite';
import { inputsHash, writeStamp } from './stamp.mjs';

const began = performance.now();
const hash = inputsHash();
rmSync('dist', { recursive: true, force: true });
await Promise.all([
  build({ logLevel: 'warn' }),
  build({ configFile: 'vite.server.config.ts', logLevel: 'warn' }),
]);
writeStamp(hash);
console.log(`Built the page and the server in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
