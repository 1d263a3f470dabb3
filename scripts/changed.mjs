/**
 * `npm test -- --changed`: which tests a change touches. Unit tests by the import graph, journeys by the table below; everything
 * where that cannot tell (docs/decisions/0120-tests-of-a-change.md). Only Node built-ins.
 */
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { run } from './run.mjs';

/** Journeys that every change of the page or the server runs: from an empty page to an answer, forks, a kill. */
const ALWAYS = ['first-answer', 'edit-and-fork', 'mid-reply'];

/**
 * What is used in these journeys beside `ALWAYS`, by folder; `tasks` are those of e2e/tasks. What is in no folder here is used by all of them: the stores, the
 * client, the protocol, the thread, most of the server.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const JOURNEYS = {
  'src/ui/features/access/': ['access', 'accessibility'],
  'src/ui/features/compare/': ['steer'],
  'src/ui/features/context/': ['context', 'steer'],
  'src/ui/features/conversations/': ['conversations', 'accessibility', 'keyboard', 'steer', 'access'],
  'src/ui/features/explorer/': [
    ...['explorer', 'tree', 'steer', 'way-back', 'deep-links', 'accessibility', 'questions'],
    ...['rewind', 'tasks'],
  ],
  'src/ui/features/files/': ['files', 'providers'],
  'src/ui/features/find/': ['find', 'steer', 'deep-links', 'tasks'],
  'src/ui/features/markdown/': ['formatting', 'hostile', 'long-thread'],
  'src/ui/features/models/': ['models', 'providers', 'context', 'accessibility'],
  'src/ui/features/palette/': ['steer', 'keyboard', 'tasks'],
  'src/ui/features/settings/': ['settings', 'access'],
  'src/ui/features/summary/': ['summaries', 'context'],
  'src/ui/features/system-prompt/': ['system-prompt'],
  'src/server/access/': ['access', 'join'],
  'src/server/agents/': ['agents'],
  'src/server/engine/remote/': ['servers'],
  'src/server/files/': ['files', 'providers', 'access'],
  'src/server/models/': ['models', 'providers', 'failures', 'context', 'formatting'],
  'src/server/titles/': ['conversations'],
  'src/server/maintenance/': ['damage', 'move'],
};

/** Read by no journey: the package, torture, suites, documents. */
const NO_JOURNEY =
  /\.test\.[a-z]+$|^src\/(acp|command|package)\/|^src\/server\/(torture|http\/conformance|conversations\/simulation)\/|\/testing(\/|\.ts$)|^scripts\/(checks\/\w+|changed|check|options|slowest|vitest-order)\.m?[jt]s$/;
/** Read by no test at all. */
const NO_TEST = /\.md$|^docs\/|^LICENSE$|^bench\/|^\.github\//;

/** Unit tests that start what they test as a process of its own: the import graph does not lead there. */
const PROCESSES = [
  [
    /^src\/(server|protocol|tree)\//,
    [
      'src/server/main.test.ts',
      'src/command/',
      'src/editors/',
      'src/server/torture/',
      'src/server/maintenance/',
      'src/server/engine/embedded/',
    ],
  ],
  [/^src\/server\/(http|engine)\//, ['src/server/http/conformance/', 'src/server/engine/remote/']],
  [/^(scripts|e2e)\//, ['scripts/']],
  [/^e2e\/provider\//, ['src/server/models/', 'src/server/replies/', 'src/server/one-conversation.test.ts']],
];

/**
 * @typedef {object} Plan
 * @property {'all' | { related: string[], beside: string[] }} unit `related`: files whose importers are run; `beside`: tests to run anyway
 * @property {'all' | string[]} journeys by name, without folder and `.spec.ts`
 */

/**
 * What to run for files that changed, as paths from the root with `/`.
 * @param {readonly string[]} changed
 * @returns {Plan}
 */
export function planOf(changed) {
  const read = changed.filter((path) => !NO_TEST.test(path));
  return { unit: unitOf(read), journeys: journeysOf(read) };
}

/** @param {readonly string[]} changed @returns {Plan['unit']} */
function unitOf(changed) {
  // Configuration, the lock, setup: what all tests run under.
  const isKnown = (path) => /^(src|e2e|public)\//.test(path) || /^scripts\/(?!vitest-setup)/.test(path);
  if (!changed.every((path) => isKnown(path) || path === 'index.html' || path === 'playwright.config.ts'))
    return 'all';
  // What is no module has no importers to find: a recording, a list.
  if (changed.some((path) => path.startsWith('src/') && !/\.(tsx?|mjs|css)$/.test(path))) return 'all';
  const beside = PROCESSES.flatMap(([which, tests]) =>
    changed.some((path) => which.test(path) && !/\.test\.[a-z]+$/.test(path)) ? tests : [],
  );
  return { related: changed.filter((path) => /\.(tsx?|mjs)$/.test(path)), beside: [...new Set(beside)] };
}

/** @param {readonly string[]} changed @returns {Plan['journeys']} */
function journeysOf(changed) {
  const found = new Set();
  for (const path of changed) {
    if (NO_JOURNEY.test(path)) continue;
    const own = path.startsWith('e2e/tasks/')
      ? 'tasks'
      : /^e2e\/journeys\/(?:.+\/)?(.+)\.spec\.ts$/.exec(path)?.[1];
    const folder = Object.keys(JOURNEYS).find((one) => path.startsWith(one));
    if (!own && !folder) return 'all';
    // A journey that was deleted.
    if (own && !specOf(own)) continue;
    for (const name of own ? [own] : [...ALWAYS, ...JOURNEYS[folder]]) found.add(name);
  }
  return [...found].sort();
}

/** The file of a journey, from e2e/; undefined where there is none of that name any more. */
export function specOf(journey) {
  if (journey === 'tasks') return 'tasks/tasks.spec.ts';
  const folder = join(import.meta.dirname, '../e2e/journeys');
  const files = readdirSync(folder, { recursive: true }).map((file) => file.split(sep).join('/'));
  const file = files.find((one) => one.split('/').at(-1) === `${journey}.spec.ts`);
  return file && `journeys/${file}`;
}

/**
 * Files that differ from `since`, and those git does not know yet. Throws with what to do where git cannot tell.
 * @param {string} [since] a commit; default: where this branch left `main`, on `main` itself where it left its upstream
 * @returns {Promise<{ since: string, files: string[] }>}
 */
export async function changedFiles(since) {
  const from = since ?? (await forkPoint());
  const differ = await git('diff', '--name-only', '--no-renames', '-z', from, '--');
  const fresh = await git('ls-files', '--others', '--exclude-standard', '-z');
  if (differ === null || fresh === null)
    throw new Error(`git does not know what changed since ${from}: name a commit, --changed=COMMIT.`);
  const files = `${differ}${fresh}`.split('\0').filter(Boolean);
  return { since: from, files: [...new Set(files)].sort() };
}

async function forkPoint() {
  const onMain = (await git('rev-parse', '--abbrev-ref', 'HEAD'))?.trim() === 'main';
  const base = await git('merge-base', 'HEAD', onMain ? 'main@{upstream}' : 'main');
  return base?.trim() || 'HEAD';
}

/** What git prints; null where it fails. */
async function git(...args) {
  const { code, output } = await run('git', args, { capture: true });
  return code === 0 ? output : null;
}
