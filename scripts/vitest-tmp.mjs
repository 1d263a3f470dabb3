/**
 * One folder for all that unit tests write into the system's: what a test leaves, or a process it kills, goes with it when the run is over.
 * Also set for the processes they start.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { quickTmp } from './quick-tmp.mjs';

/** What Node goes by (`os.tmpdir`), there and on Windows. */
const NAMES = ['TMPDIR', 'TEMP', 'TMP'];

export default function ownFolder() {
  const folder = mkdtempSync(join(quickTmp(), 'bough-unit-'));
  for (const name of NAMES) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
