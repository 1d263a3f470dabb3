/**
 * The public conformance suite through our public reads and writes. It knows more of the protocol than Bough uses: what
 * fails is explained here, by what it is about, and nothing else may.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const EXPLAINED: readonly (readonly [why: string, which: RegExp])[] = [
  ['no TTL and no expiry anywhere: what is said stays (decision 0010)', /TTL|expir/i],
  ['a close without words leaves no message that could remember its producer', /close-only-with-producer/],
  ['no sub-offsets: forks are at the ends of messages only', /sub-offset/i],
  [
    'nothing forks at the start: a message without parent has a fresh stream',
    /zero offset|every offset position|fork an empty stream/,
  ],
  [
    'nothing is deleted through our port: the outline still knows a stream that the bridge deleted behind it',
    /soft-deleted source|recreated stream after delete|cascade GC/,
  ],
  ['CORS is for listed origins alone, and not part of these routes', /CORS/],
  ['no binary streams: all are JSON', /base64|binary|Data-Encoding/i],
  ['live answers are no-store: stricter than no-cache', /proper Cache-Control/],
  ['a feature of engines that schedule work, off in the suite', /subscription/i],
];

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

async function report(): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'bough-conformance-'));
  const file = join(folder, 'report.json');
  const vitest = join(import.meta.dirname, '../../../../node_modules/vitest/vitest.mjs');
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const args = [vitest, 'run', '--config', config, '--reporter=json', `--outputFile=${file}`];
  // It exits with 1: something fails, as explained.
  await promisify(execFile)(process.execPath, args, { timeout: 400_000 }).catch(() => {});
  const text = await readFile(file, 'utf8');
  await rm(folder, { recursive: true });
  return JSON.parse(text) as Report;
}

test('what the public suite finds wrong is explained', { timeout: 420_000 }, async () => {
  const { numPassedTests, testResults } = await report();
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed');
  const unexplained = failed.filter(({ fullName }) => !EXPLAINED.some(([, which]) => which.test(fullName)));
  expect(unexplained.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]}`)).toEqual(
    [],
  );
  expect(numPassedTests).toBeGreaterThan(260);
});
