import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser, LEFT_OUT_BY_PLAYWRIGHT, usualPlaces } from './browser.mjs';

function program(name) {
  const folder = mkdtempSync(join(tmpdir(), 'bough-browser-'));
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return { folder, path };
}

test('what Playwright leaves out of Chromium is still left out where more is', () => {
  const code = readFileSync(createRequire(import.meta.url).resolve('playwright-core/lib/coreBundle'), 'utf8');
  const [, list] = /\bdisabledFeatures = \[(.*?)\]/s.exec(code);
  const names = [...list.matchAll(/^\s*"(\w+)",?$/gm)].map(([, name]) => name);
  expect(LEFT_OUT_BY_PLAYWRIGHT).toEqual(names);
});

test('a variable comes before what is on the path', async () => {
  const named = program('mine');
  const { folder } = program('google-chrome');
  expect(await findBrowser({ CHROME_PATH: named.path, PATH: folder })).toBe(named.path);
  expect(await findBrowser({ BOUGH_CHROMIUM: named.path, CHROME_PATH: '/nowhere', PATH: folder })).toBe(
    named.path,
  );
});

test('a variable that names nothing is an error, not a reason to go on looking', async () => {
  await expect(findBrowser({ CHROME_PATH: '/nowhere/chrome' })).rejects.toThrow(
    'CHROME_PATH=/nowhere/chrome',
  );
});

test.runIf(process.platform === 'linux')('the path is looked through for the usual names', async () => {
  const { folder, path } = program('google-chrome');
  expect(await findBrowser({ PATH: `/nowhere:${folder}` })).toBe(path);
});

test.runIf(process.platform === 'linux')('tests prefer the shell, benches the whole browser', async () => {
  const whole = program('chromium');
  const shell = program('chromium-headless-shell');
  const PATH = `${whole.folder}:${shell.folder}`;
  expect(await findBrowser({ PATH })).toBe(shell.path);
  expect(await findBrowser({ PATH }, 'linux', { shell: false })).toBe(whole.path);
});

test("Ubuntu's stub that only tells to install a snap is no browser", async () => {
  const { folder, path } = program('chromium-browser');
  writeFileSync(
    path,
    '#!/bin/sh\necho "Command requires the chromium snap to be installed: snap install chromium"\n',
  );
  expect(await findBrowser({ PATH: folder }, 'linux')).not.toBe(path);
});

test('each system has its places', () => {
  expect(usualPlaces({}, 'darwin')).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  expect(usualPlaces({ PROGRAMFILES: 'C:/Program Files' }, 'win32')[0]).toMatch(
    /Program Files.*chrome\.exe$/,
  );
});
