/**
 * The Chromium of the end-to-end tests and the benches: the installed one, else one that is fetched
 * (docs/decisions/0005-browser-for-the-tests.md). Only Node built-ins, so that it can run before anything is installed.
 */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run, runBin } from './run.mjs';

/** Chromium without a window to draw: a third less work for a journey than the whole browser without a head. */
const SHELL = 'chromium-headless-shell';

const NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge-stable',
];

/**
 * The path of a Chrome or Chromium: BOUGH_CHROMIUM or CHROME_PATH, then the shell (unless `shell` is false: the benches
 * measure a browser as people have it), then the usual places, then Playwright's own.
 * Null where there is none. Throws where a variable names something that cannot be run.
 * @returns {Promise<string | null>}
 */
export async function findBrowser(env = process.env, platform = process.platform, { shell = true } = {}) {
  for (const name of ['BOUGH_CHROMIUM', 'CHROME_PATH']) {
    const path = env[name];
    if (!path) continue;
    if (isProgram(path)) return path;
    throw new Error(`${name}=${path} is no program that can be run.`);
  }
  const places = usualPlaces(env, platform);
  const whole = places.find((place) => !place.endsWith(SHELL) && isProgram(place));
  const light = shell ? places.find((place) => place.endsWith(SHELL) && isProgram(place)) : undefined;
  return light ?? whole ?? (await playwrightsOwn());
}

/** Arguments for a browser that tests drive: quiet, and without the sandbox where root leaves no other way. */
export function launchArgs() {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

/** What Playwright has Chromium leave out; what is left out besides is named with it, since the browser heeds the last such argument alone. */
export const LEFT_OUT_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/**
 * For a browser whose pages are opened by the hundred: it does not part a page of Bough from whoever opened it (`Cross-Origin-Opener-Policy`).
 * Each page begins as an empty one, and would be given a second process for being parted from that (docs/decisions/0306-one-process-for-a-page.md).
 */
export function manyPagesArgs() {
  return [
    ...launchArgs(),
    `--disable-features=${[...LEFT_OUT_BY_PLAYWRIGHT, 'CrossOriginOpenerPolicy'].join(',')}`,
  ];
}

/**
 * Finds a browser or fetches one, saying so. Throws with what to do where neither is possible.
 * @returns {Promise<string>}
 */
export async function findOrFetchBrowser(say = console.log) {
  const installed = await findBrowser();
  if (installed) return installed;
  say("No Chrome or Chromium is installed. Fetching Playwright's (npx playwright install chromium).");
  await runBin('@playwright/test/cli.js', ['install', '--no-shell', 'chromium']);
  const own = await playwrightsOwn();
  if (own) return own;
  if (isRootOnDebian()) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    for (const name of [SHELL, 'chromium']) {
      say(`That did not work. Installing the package ${name} (apt-get install ${name}).`);
      await run('apt-get', ['install', '-y', name], { env });
      const packaged = await findBrowser();
      if (packaged) return packaged;
    }
  }
  throw new Error(
    'There is no Chrome or Chromium, and none could be fetched. Install one, or name one in CHROME_PATH.',
  );
}

export function usualPlaces(env, platform) {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Google Chrome for Testing', 'Microsoft Edge'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return programs.flatMap((program) => folders.map((folder) => join(folder, ...program.split('/'))));
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [
    ...[SHELL, ...NAMES].flatMap((name) => folders.map((folder) => join(folder, name))),
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ];
}

/** What `playwright install` put into its cache, if it did and it starts: on a bare Linux the libraries it needs may be missing. */
async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test').catch(() => ({ chromium: null }));
  const path = chromium?.executablePath();
  if (!path || !existsSync(path)) return null;
  return process.platform === 'win32' || (await run(path, ['--version'], { capture: true })).code === 0
    ? path
    : null;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() && !isSnapStub(path);
  } catch {
    return false;
  }
}

/** Ubuntu's chromium-browser without its snap: a script that only says to install the snap. */
function isSnapStub(path) {
  if (!path.endsWith('/chromium-browser') || existsSync('/snap/bin/chromium')) return false;
  return statSync(path).size < 10_000 && readFileSync(path, 'utf8').includes('snap install chromium');
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}
