/**
 * `npm test`: all that CI does, on a machine with nothing but Node and npm. Goes on after a failure, so that one run
 * tells everything; ends with a line for each step and one of counts. `--only=unit,e2e` runs a part, `--changed` or
 * `--changed=COMMIT` what a change touches (changed.mjs), `--slow` says where the time went.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findOrFetchBrowser } from './browser.mjs';
import { bundleScripts } from './bundled.mjs';
import { changedFiles, planOf, specOf } from './changed.mjs';
import { ensureInstalled } from './install.mjs';
import { misunderstood, readOptions } from './options.mjs';
import { quickTmp } from './quick-tmp.mjs';
import { run, runBin } from './run.mjs';
import { journeyFiles, slowest, unitFiles } from './slowest.mjs';
import { isBuilt, root } from './stamp.mjs';

const STEPS = { check, unit, build, e2e };
const USAGE = `npm test -- [OPTIONS]

All that CI does: the check, unit tests, a build, journeys in a browser. Goes on after a failure.

  --only=STEP,STEP     of check, unit, build, e2e
  --changed[=COMMIT]   what a change touches: since the commit, or since the branch left main
  --slow               says where the time went`;
const args = process.argv.slice(2);
const only = argument('--only')?.split(',');
const unknown = only?.find((name) => !(name in STEPS));
if (args.some((arg) => arg === '--help' || arg === '-h')) readOptions(USAGE);
if (unknown !== undefined) misunderstood(`There is no step “${unknown}”.`, USAGE);
const strange = args.find((arg) => !/^--(only=.*|changed(=.+)?|slow)$/.test(arg));
if (strange !== undefined) misunderstood(`“${strange}” is not known.`, USAGE);
const slow = args.includes('--slow');
const plan = await planned();

const began = performance.now();
const reports = mkdtempSync(join(quickTmp(), 'bough-test-'));
const summary = [];
const total = { passed: 0, failed: 0, skipped: 0 };
const took = [];
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
if (slow) console.log(`\nThe files that took longest, of one step after another:\n${slowest(took)}`);
console.log(`\n${failed ? 'FAILED' : 'passed'}: ${summary.join(' · ')} · in all ${secondsSince(began)}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(failed ? 1 : 0);

async function check() {
  return { ok: (await run(process.execPath, ['scripts/check.mjs'])).code === 0 };
}

async function unit() {
  const which = unitArguments();
  if (!which) return nothing();
  // Some unit tests look at what is painted (vitest.config.ts).
  await findOrFetchBrowser();
  const scripts = await bundleScripts();
  const env = { BOUGH_SCRIPTS: scripts };
  let ok = true;
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const [n, more] of which.entries()) {
    const file = join(reports, `unit-${n}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { code } = await runBin('vitest/vitest.mjs', [...more, ...reporters], { env });
    ok &&= code === 0;
    const report = read(file);
    took.push(...unitFiles(report, root));
    sum.passed += report.numPassedTests ?? 0;
    sum.failed += report.numFailedTests ?? 0;
    sum.skipped += report.numPendingTests ?? 0;
  }
  rmSync(scripts, { recursive: true, force: true });
  return { ok, counts: counted(sum) };
}

/** A run of vitest each; null for none. */
function unitArguments() {
  if (plan.unit === 'all') return [['run']];
  const { related, beside } = plan.unit;
  const runs = [
    related.length > 0 && ['related', '--run', '--passWithNoTests', ...related],
    beside.length > 0 && ['run', '--passWithNoTests', ...beside],
  ].filter(Boolean);
  return runs.length > 0 ? runs : null;
}

async function build() {
  if (plan.journeys.length === 0) return nothing();
  return { ok: (await run(process.execPath, ['scripts/build.mjs'])).code === 0 };
}

async function e2e() {
  if (plan.journeys.length === 0) return nothing();
  if (!isBuilt()) throw new Error('Nothing to test: the build in dist/ is missing or stale.');
  console.log(`Browser: ${await findOrFetchBrowser()}`);
  const file = join(reports, 'e2e.json');
  const which = plan.journeys === 'all' ? [] : plan.journeys.map(specOf);
  const { code } = await runBin('@playwright/test/cli.js', ['test', ...which], {
    // What journeys leave goes with the reports.
    env: { BOUGH_E2E_REPORT: file, TMPDIR: reports },
  });
  const report = read(file);
  took.push(...journeyFiles(report));
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {};
  const counts = counted({ passed: expected + flaky, failed: unexpected, skipped });
  return { ok: code === 0, counts: flaky > 0 ? `${counts}, ${flaky} of them at the second try` : counts };
}

/** What is to be run: all, or what a change touches; says which. Ends with 2 where git cannot tell. */
async function planned() {
  if (!args.some((arg) => arg.startsWith('--changed'))) return { unit: 'all', journeys: 'all' };
  const { since, files } = await changedFiles(argument('--changed')).catch((error) => leave(error.message));
  const plan = planOf(files);
  const journeys =
    plan.journeys === 'all' ? 'all journeys' : `journeys: ${plan.journeys.join(', ') || 'none'}`;
  console.log(
    `${files.length} files changed since ${since.slice(0, 12)}; ${plan.unit === 'all' ? 'all unit tests' : 'unit tests of these'}, ${journeys}.`,
  );
  return plan;
}

function nothing() {
  console.log('Nothing of it is touched.');
  return { ok: true, counts: 'not touched' };
}

function argument(name) {
  return args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
}

function leave(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** In words; adds to what is said at the end. */
function counted({ passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  return [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`]
    .filter(Boolean)
    .join(', ');
}

/** A report; empty where the step ended before writing it. */
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
