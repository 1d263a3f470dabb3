/**
 * The public conformance suite through our public reads and the engine port. It knows more of the protocol than Bough uses: what
 * fails is explained here, by what it is about, and nothing else may.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const EXPLAINED: readonly (readonly [why: string, which: RegExp])[] = [
  ['no TTL and no expiry anywhere: ours are by flag and DELETE (decision 0010)', /TTL|expir/i],
  [
    'no producers: one writer a place by Stream-Seq, and what stands there is read',
    /producer|dedup|idempotent-close/i,
  ],
  ['no sub-offsets: forks are at the ends of appends only', /sub-offset/i],
  [
    'nothing forks at the start: a message without parent has a fresh stream',
    /zero offset|every offset position/,
  ],
  [
    'the port tells a source that was deleted (410) from a name that is taken (409)',
    /fork from soft-deleted source/,
  ],
  ['no CORS: reads are for the page itself', /CORS/],
  ['no binary streams: all are JSON', /base64|binary|Data-Encoding/i],
  ['live answers are no-store: stricter than no-cache', /proper Cache-Control/],
  ['the writes of the bridge are no part of Bough', /on (PUT|POST) responses/],
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
  await promisify(execFile)(process.execPath, args, { timeout: 180_000 }).catch(() => {});
  const text = await readFile(file, 'utf8');
  await rm(folder, { recursive: true });
  return JSON.parse(text) as Report;
}

test('what the public suite finds wrong is explained', { timeout: 200_000 }, async () => {
  const { numPassedTests, testResults } = await report();
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed');
  const unexplained = failed.filter(({ fullName }) => !EXPLAINED.some(([, which]) => which.test(fullName)));
  expect(unexplained.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]}`)).toEqual(
    [],
  );
  expect(numPassedTests).toBeGreaterThan(240);
});
