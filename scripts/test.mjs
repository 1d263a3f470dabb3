/**
 * `npm test`: all that CI does, on a machine with nothing but Node and npm. Goes on after a failure, so that one run
 * tells everything; ends with one line of counts. `--only=unit,e2e` runs a part.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrFetchBrowser } from './browser.mjs';
import { ensureInstalled } from './install.mjs';
import { run, runBin } from './run.mjs';
import { isBuilt } from './stamp.mjs';

const STEPS = { check, unit, build, e2e };
const only = process.argv
  .find((arg) => arg.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const unknown = only?.find((name) => !(name in STEPS));
if (unknown !== undefined) {
  console.error(`There is no step "${unknown}": ${Object.keys(STEPS).join(', ')}.`);
  process.exit(2);
}

const began = performance.now();
const reports = mkdtempSync(join(tmpdir(), 'bough-test-'));
const summary = [];
let failed = false;
await ensureInstalled();
for (const [name, step] of Object.entries(STEPS)) {
  if (only && !only.includes(name)) continue;
  console.log(`\n== ${name}`);
  const start = performance.now();
  const { ok, counts } = await step().catch((error) => {
    console.error(error.message);
    return { ok: false, counts: 'did not run' };
  });
  failed ||= !ok;
  summary.push(`${name} ${ok ? 'ok' : 'FAILED'}${counts ? ` (${counts})` : ''} ${secondsSince(start)}`);
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${failed ? 'FAILED' : 'passed'}: ${summary.join(' · ')} · in all ${secondsSince(began)}`);
process.exit(failed ? 1 : 0);

async function check() {
  return { ok: (await run(process.execPath, ['scripts/check.mjs'])).code === 0 };
}

async function unit() {
  // Some unit tests look at what is painted (vitest.config.ts).
  await findOrFetchBrowser();
  const file = join(reports, 'unit.json');
  const { code } = await runBin('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const { numPassedTests: passed = 0, numFailedTests: wrong = 0, numPendingTests: skipped = 0 } = read(file);
  return { ok: code === 0, counts: counted(passed, wrong, skipped) };
}

async function build() {
  return { ok: (await run(process.execPath, ['scripts/build.mjs'])).code === 0 };
}

async function e2e() {
  if (!isBuilt()) throw new Error('Nothing to test: the build in dist/ is missing or stale.');
  console.log(`Browser: ${await findOrFetchBrowser()}`);
  const file = join(reports, 'e2e.json');
  const { code } = await runBin('@playwright/test/cli.js', ['test'], { env: { BOUGH_E2E_REPORT: file } });
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = read(file).stats ?? {};
  const counts = counted(expected + flaky, unexpected, skipped);
  return { ok: code === 0, counts: flaky > 0 ? `${counts}, ${flaky} of them at the second try` : counts };
}

function counted(passed, wrong, skipped) {
  return [`${passed} passed`, wrong > 0 && `${wrong} failed`, skipped > 0 && `${skipped} skipped`]
    .filter(Boolean)
    .join(', ');
}

/** A report; empty where the step did not come to write it. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function secondsSince(start) {
  const seconds = Math.round((performance.now() - start) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
