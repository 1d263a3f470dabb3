/** Runs programs for the other scripts. Only Node built-ins. */
import { spawn } from 'node:child_process';
import { root } from './stamp.mjs';

/** The programs that run now: a signal to this process is theirs too. */
const running = new Set();

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, passOn);

function passOn(signal) {
  if (running.size === 0) process.exit(signal === 'SIGINT' ? 130 : 143);
  for (const child of running) child.kill(signal);
}

/** Stops handling signals: from here on this process is another program. */
export function stopPassingOn() {
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, passOn);
}

/**
 * Runs a program in the repository and waits for it. Never throws: a program that cannot be started has code 127.
 * @param {{ env?: Record<string, string>, capture?: boolean, cwd?: string }} [options] `capture` keeps the output instead of showing it; `cwd`: default the repository
 * @returns {Promise<{ code: number, output: string, seconds: number }>}
 */
export function run(command, args, { env = {}, capture = false, cwd = root } = {}) {
  const began = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    // npm and its like are .cmd files on Windows, which only a shell runs.
    shell: process.platform === 'win32' && command !== process.execPath,
  });
  running.add(child);
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  return new Promise((resolve) => {
    const end = (code, words = '') => {
      running.delete(child);
      const output = Buffer.concat(chunks).toString() + words;
      resolve({ code, output, seconds: (performance.now() - began) / 1000 });
    };
    child.once('error', (error) => end(127, error.message));
    child.once('close', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Runs a program of node_modules by its package's entry, with this Node and without a shell. */
export function runBin(path, args, options) {
  return run(process.execPath, [`node_modules/${path}`, ...args], options);
}
