/**
 * `npm run package:test`: packs the package, installs it into an empty folder outside of the repository with plain `npm install`, starts
 * it, and builds the first example of docs/hook.md on it with Vite, which a browser then uses. Needs a registry; about a minute.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { findOrFetchBrowser, launchArgs } from './browser.mjs';
import { codeIn } from './code-in-docs.mjs';
import { run } from './run.mjs';
import { root } from './stamp.mjs';

const { version, devDependencies, dependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const folder = mkdtempSync(join(tmpdir(), 'bough-package-'));
const endings = [() => rmSync(folder, { recursive: true, force: true })];
const conversation = 'of-the-package-test';
/** What the demo says, whole: while it is written, something said goes beside it. */
const DEMO = /not an AI.*survives a reload/s;
/** As strict as an app can be: the declarations of the package are checked, too. */
const STRICT = {
  ...{ strict: true, noEmit: true, skipLibCheck: false, jsx: 'react-jsx', types: ['vite/client'] },
  ...{
    module: 'ESNext',
    moduleResolution: 'bundler',
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  },
};

try {
  await must('pack', process.execPath, [join(root, 'scripts', 'package.mjs')]);
  const tarball = join(root, 'dist', `bough-${version}.tgz`);
  write('package.json', JSON.stringify({ private: true, type: 'module' }));
  await must('install', 'npm', ['install', tarball]);
  const said = await must('version', 'npx', ['bough', '--version']);
  check(said.output.trim().endsWith(version), `it says its version: ${said.output.trim()}`);
  await timed();
  await inBrowser();
  console.log('The package is whole.');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  for (const end of endings.reverse()) await end();
}

/** The figure of docs/performance.md: from the command to the address, the first time and once everything was read before. */
async function timed() {
  const seconds = [];
  for (let n = 0; n < 3; n += 1) {
    const began = performance.now();
    const bough = await start();
    seconds.push(((performance.now() - began) / 1000).toFixed(2));
    await bough.end();
  }
  console.log(`npx bough, installed, to its address: ${seconds.join(', ')} s`);
}

/** The app is a page of another origin: it comes with a token, and the server lists it. */
async function inBrowser() {
  const page = await serve(join(folder, 'dist'));
  const bough = await start({ BOUGH_ORIGINS: page.url });
  endings.push(bough.end);
  const { secret } = await ask(`${bough.url}/api/access/make`, { name: 'Package', scope: 'owner' });
  const all = { ...dependencies, ...devDependencies };
  const names = ['react', 'react-dom', 'vite', '@types/react', '@types/react-dom'];
  await must('install the app', 'npm', ['install', ...names.map((name) => `${name}@${all[name]}`)]);
  const [{ code }] = codeIn(readFileSync(join(root, 'docs', 'hook.md'), 'utf8'));
  mkdirSync(join(folder, 'src'));
  write('src/main.tsx', code);
  write('index.html', '<div id="root"></div><script type="module" src="/src/main.tsx"></script>');
  write('tsconfig.json', JSON.stringify({ compilerOptions: STRICT, include: ['src'] }));
  write('.env', `VITE_BOUGH=${bough.url}\nVITE_TOKEN=${secret}\nVITE_CONVERSATION=${conversation}\n`);
  await must('types of the app and the package', process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    folder,
  ]);
  await must('build the app', 'npx', ['vite', 'build']);
  await use(page.url);
}

async function use(url) {
  const executablePath = await findOrFetchBrowser(() => {});
  const browser = await chromium.launch({ executablePath, args: launchArgs() });
  endings.push(() => browser.close());
  const [one, two] = [await browser.newPage(), await browser.newPage()];
  const errors = [];
  for (const page of [one, two]) page.on('pageerror', (error) => errors.push(error.message));
  await one.goto(url);
  await one.getByRole('button', { name: 'Say' }).click();
  await rows(one, [/^Hello$/, DEMO]);
  await one.getByRole('button', { name: 'Say' }).click();
  await rows(one, [/^Hello$/, DEMO, /^Hello$/, DEMO]);
  await one.getByRole('button', { name: 'Fork' }).click();
  await rows(one, [/^Hello$/, DEMO, /^Another way$/, DEMO]);
  await two.goto(url);
  await rows(two, [/^Hello$/, DEMO, /^Another way$/, DEMO]);
  check(errors.length === 0, `nothing goes wrong in the page: ${errors.join('; ') || 'no errors'}`);
}

/** The path of the tree, as the app shows it. */
async function rows(page, wanted) {
  const deadline = performance.now() + 15_000;
  let shown = [];
  while (performance.now() < deadline) {
    shown = await page.getByRole('listitem').allTextContents();
    if (shown.length === wanted.length && wanted.every((one, n) => one.test(shown[n]))) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const right = shown.length === wanted.length && wanted.every((one, n) => one.test(shown[n]));
  check(right, `the path is ${shown.map((text) => text.slice(0, 30)).join(' | ')}`);
}

/** As a person would: the command of the installed package, in its folder. */
function start(env = {}) {
  const { PATH, HOME } = process.env;
  const data = join(folder, 'data');
  const child = spawn(
    'npx',
    ['bough', '--port', '0', '--data', data, '--local-models', '0', '--log', 'error'],
    {
      ...{ cwd: folder, env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
    },
  );
  const end = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once('close', resolve);
      // npx stands between.
      process.kill(-child.pid, 'SIGTERM');
    });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const [, url] = /Bough runs at (http\S+)\n/.exec(text) ?? [];
      if (url) resolve({ url, end });
    });
    child.once('close', (code) => reject(new Error(`bough ended with ${code} before it had an address.`)));
  });
}

function serve(built) {
  const types = { '.html': 'text/html', '.js': 'text/javascript' };
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : new URL(request.url, 'http://x').pathname;
    try {
      const content = readFileSync(join(built, path));
      response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream').end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  endings.push(() => server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}` }));
  });
}

async function ask(url, input) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

function write(name, text) {
  writeFileSync(join(folder, name), text);
}

async function must(what, command, args) {
  const result = await run(command, args, { capture: true, cwd: folder });
  if (result.code !== 0) throw new Error(`${what} failed:\n${result.output}`);
  console.log(`${what}: ${result.seconds.toFixed(1)} s`);
  return result;
}

function check(right, sentence) {
  if (!right) throw new Error(`Not so: ${sentence}`);
  console.log(`ok: ${sentence}`);
}
