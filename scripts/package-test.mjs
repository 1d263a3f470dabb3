/**
 * `npm run package:test`: packs the package, installs it into an empty folder outside of the repository with plain `npm install`, starts
 * it, and builds two examples of docs/hook.md on it with Vite, the first and the page on the AI SDK's `useChat`, which a browser then uses.
 * Needs a registry; about a minute.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { findOrFetchBrowser, launchArgs } from './browser.mjs';
import { codeIn } from './code-in-docs.mjs';
import { ensureInstalled } from './install.mjs';
import { readOptions } from './options.mjs';
import { run } from './run.mjs';
import { root } from './stamp.mjs';

readOptions(`npm run package:test

Packs the package, installs it into an empty folder, starts it and builds on it. Needs a registry; about a minute.`);
await ensureInstalled();
const { chromium } = await import('@playwright/test');
const { version, devDependencies, dependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const folder = mkdtempSync(join(tmpdir(), 'bough-package-'));
const endings = [() => rmSync(folder, { recursive: true, force: true })];
const conversation = 'of-the-package-test';
const chat = 'of-use-chat';
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
  const names = ['react', 'react-dom', 'vite', '@types/react', '@types/react-dom', '@ai-sdk/react'];
  await must('install the app', 'npm', ['install', ...names.map((name) => `${name}@${all[name]}`)]);
  const blocks = codeIn(readFileSync(join(root, 'docs', 'hook.md'), 'utf8')).map(({ code }) => code);
  mkdirSync(join(folder, 'src'));
  const pages = { index: blocks[0], chat: blocks.find((code) => code.includes("from '@ai-sdk/react'")) };
  for (const [name, code] of Object.entries(pages)) {
    write(`src/${name}.tsx`, code);
    write(`${name}.html`, `<div id="root"></div><script type="module" src="/src/${name}.tsx"></script>`);
  }
  const input = Object.keys(pages).map((name) => `${name}.html`);
  const build = { target: 'es2022', rolldownOptions: { input } };
  write('vite.config.js', `export default ${JSON.stringify({ build })}`);
  // The declarations of the AI SDK do not pass by themselves: beside it, those of packages are not checked.
  const lenient = { ...STRICT, skipLibCheck: true };
  write('tsconfig.json', JSON.stringify({ compilerOptions: STRICT, include: ['src/index.tsx'] }));
  write('tsconfig.chat.json', JSON.stringify({ compilerOptions: lenient, include: ['src/chat.tsx'] }));
  write(
    '.env',
    `VITE_BOUGH=${bough.url}\nVITE_TOKEN=${secret}\nVITE_CONVERSATION=${conversation}\nVITE_CHAT=${chat}\n`,
  );
  for (const config of ['tsconfig.json', 'tsconfig.chat.json'])
    await must(`types of the apps and the package, ${config}`, process.execPath, [
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      join(folder, config),
    ]);
  await must('build the app', 'npx', ['vite', 'build']);
  const executablePath = await findOrFetchBrowser(() => {});
  const browser = await chromium.launch({ executablePath, args: launchArgs() });
  endings.push(() => browser.close());
  await use(browser, page.url);
  await chatIn(browser, page.url, async () => {
    const path = `${bough.url}/v1/stream/c/${chat}/outline?offset=-1`;
    const items = await (await fetch(path, { headers: { authorization: `Bearer ${secret}` } })).json();
    return items.flatMap(({ kind, message }) => (kind === 'message' ? [message] : []));
  });
}

/** The AI SDK's own hook: said, asked again, taken up after a reload in mid-reply, edited; and what the tree has of it. */
async function chatIn(browser, url, headers) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const press = (name) => page.getByRole('button', { name }).click();
  const is = (status) => page.getByRole('status').getByText(status, { exact: true }).waitFor();
  await page.goto(`${url}/chat.html`);
  await press('Say');
  await rows(page, [/^Hello$/, DEMO]);
  await is('ready');
  await press('Regenerate');
  await is('streaming');
  await page.reload();
  // The page that asked is gone; this one has the question and takes the reply up.
  await is('streaming');
  await rows(page, [/^Hello$/, DEMO]);
  await is('ready');
  await press('Edit');
  await rows(page, [/^Another way$/, DEMO]);
  await is('ready');
  await press('Say');
  await is('streaming');
  await press('Stop');
  await is('ready');
  const said = await headers();
  const children = (parent) => said.filter((one) => one.parent === parent);
  const [first, version] = children(null);
  check(children(null).length === 2, 'an edit in useChat is a version in the tree');
  check(children(first.id).length === 2, 'a reply asked for again is a version in the tree');
  check(version.origin.kind === 'edit', 'the tree knows the edit for one');
  await page.goto(`${url}/chat.html`);
  await rows(page, [/^Another way$/, DEMO, /^Hello$/, /./]);
  check(errors.length === 0, `nothing goes wrong on useChat: ${errors.join('; ') || 'no errors'}`);
}

async function use(browser, url) {
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
