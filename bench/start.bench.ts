/** The second `npm start`: everything installed and built, from the command to the printed address. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, ms } from './report.ts';

const data = mkdtempSync(join(tmpdir(), 'bough-bench-'));
await start();
const times = [await start(), await start(), await start()];
rmSync(data, { recursive: true, force: true });
figure('second start, from `npm start` to the address', '≤ 3 s', times.map(ms).join(', '));

function start(): Promise<number> {
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, BOUGH_DATA: data, BOUGH_PORT: '23987' },
    detached: true,
  });
  return new Promise((resolve, reject) => {
    let took = 0;
    child.stdout.on('data', (chunk) => {
      if (took || !String(chunk).includes('http://')) return;
      took = performance.now() - began;
      process.kill(-(child.pid as number), 'SIGTERM');
    });
    child.on('exit', () => (took ? resolve(took) : reject(new Error('npm start ended without an address'))));
  });
}
