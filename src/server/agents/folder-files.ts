/** Files of the folder an agent works in, by their names: to be mentioned with `@` (docs/agents.md), and those a message mentions. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isWithin } from './folders.ts';

/** Entries that are looked at; a folder with more is offered in part. */
const LOOKED_AT = 30_000;
const OFFERED = 50;
/** How long the names of a folder are good, in ms. */
const FRESH = 10_000;
/** Made by programs, and never mentioned. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules', '.venv', '__pycache__', 'target', '.cache']);

export interface FolderFiles {
  /** Paths from the folder, with `/`; a folder ends with one. The best match first. */
  find(folder: string, query: string): Promise<{ files: string[]; some: boolean }>;
}

interface Names {
  readonly until: number;
  readonly read: Promise<{ readonly paths: readonly string[]; readonly some: boolean }>;
}

export function createFolderFiles(now: () => number = Date.now): FolderFiles {
  const known = new Map<string, Names>();
  const namesIn = (folder: string): Names['read'] => {
    const before = known.get(folder);
    if (before && now() < before.until) return before.read;
    // One folder is worked in at a time, or a few.
    if (known.size >= 8) known.clear();
    const names = { until: now() + FRESH, read: walk(folder) };
    known.set(folder, names);
    return names.read;
  };
  return {
    find: async (folder, query) => {
      const { paths, some } = await namesIn(folder);
      const found = ranked(paths, query.trim().toLowerCase());
      return { files: found.slice(0, OFFERED), some: some || found.length > OFFERED };
    },
  };
}

/** Level by level, so that what is near comes first. What cannot be read is left out; links are not followed. */
async function walk(root: string): Promise<{ paths: string[]; some: boolean }> {
  const paths: string[] = [];
  let level = [''];
  while (level.length > 0) {
    const next: string[] = [];
    for (const folder of level) {
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (SKIPPED.has(entry.name)) continue;
        if (paths.length >= LOOKED_AT) return { paths, some: true };
        const path = folder + entry.name;
        paths.push(entry.isDirectory() ? `${path}/` : path);
        if (entry.isDirectory()) next.push(`${path}/`);
      }
    }
    level = next;
  }
  return { paths, some: false };
}

/** Those whose name begins so, then those that have it in their name, then in their path. */
function ranked(paths: readonly string[], query: string): readonly string[] {
  if (query === '') return paths.filter((path) => !path.slice(0, -1).includes('/'));
  const rank = (path: string): number => {
    const low = path.toLowerCase();
    const name = low.replace(/\/$/, '').split('/').at(-1) ?? low;
    if (low.startsWith(query)) return 0;
    if (name.startsWith(query)) return 1;
    if (name.includes(query)) return 2;
    return low.includes(query) ? 3 : 4;
  };
  return paths
    .map((path) => [rank(path), path] as const)
    .filter(([at]) => at < 4)
    .sort(([a, one], [b, other]) => a - b || one.length - other.length || (one < other ? -1 : 1))
    .map(([, path]) => path);
}

/** `@path` or `@"a path"`, where a word begins. */
const MENTION = /(?<=^|[\s(])@(?:"([^"\n]{1,1000})"|([^\s"]{1,1000}))/g;
/** Mentions in one message. */
const MOST = 50;

export interface MentionedFile {
  readonly path: string;
  readonly uri: string;
}

/** Files and folders that a text mentions and that are there, in the folder or below, without links that lead out of it. */
export async function mentionsIn(text: string, folder: string): Promise<readonly MentionedFile[]> {
  const named = [...text.matchAll(MENTION)].slice(0, MOST).map(([, quoted, plain]) => quoted ?? plain ?? '');
  const found = await Promise.all([...new Set(named)].map((name) => fileAt(folder, name)));
  return found.filter((file) => file !== null);
}

async function fileAt(folder: string, name: string): Promise<MentionedFile | null> {
  // A sentence may end behind it.
  for (const path of [name, name.replace(/[.,;:!?)]+$/, '')]) {
    if (path === '') continue;
    const real = await realpath(join(folder, path)).catch(() => null);
    if (real === null || !isWithin(folder, real) || !(await stat(real).catch(() => null))) continue;
    return { path: relative(folder, real).split(sep).join('/') || '.', uri: pathToFileURL(real).href };
  }
  return null;
}
