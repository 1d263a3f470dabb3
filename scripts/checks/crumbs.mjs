/**
 * Crumbs: files of fewer than 40 lines with one importer, which stands beside them and has room for them. Such a file belongs to the one that
 * imports it, unless a test looks at it alone, it is loaded later, or its folder has one file of each kind
 * (docs/decisions/0276-no-crumbs.md). And folders of too many files, in which nobody finds anything (docs/decisions/0292-folders-by-subject.md).
 */
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesUnder, tell } from './sources.mjs';

/** Lines with which a file stands by itself. */
const WHOLE = 40;
/** Lines of a file that has taken one in. */
const roomIn = (path) => (path.startsWith('src/ui/') ? 150 : 300);

const FOR_TESTS = /\.(test|child)\.tsx?$|testing|\/(simulation|torture)\//;
/** Catalogues, what a folder is asked for by others, and programs of workers. */
const BY_NAME = /\/(index|later|types|port|strings[\w-]*|[\w-]*worker)\.tsx?$/;
/** Folders with one file of each kind: a kind of part, a group of routes. */
const BY_KIND = /^src\/(protocol\/parts|ui\/features\/thread\/parts|server\/http\/routes)\//;
const IMPORTED = /(?:\bfrom|^import|(\bimport\())\s*'(\.[^']+)'/gm;

/**
 * @param {Iterable<readonly [path: string, code: string]>} sources paths from the root of the repository, with `/`
 * @returns {string[]} a sentence for each
 */
export function crumbsIn(sources) {
  const files = new Map(sources);
  const importers = importersIn(files);
  return [...files].flatMap(([path, code]) => {
    const [by, ...others] = importers.get(path) ?? [];
    const lines = linesOf(code);
    if (!by || others.length > 0 || by.later || lines >= WHOLE || standsAlone(path)) return [];
    if (posix.dirname(by.path) !== posix.dirname(path) || standsAlone(by.path)) return [];
    if (lines + linesOf(files.get(by.path)) > roomIn(path)) return [];
    return [`${path} has ${lines} lines, and ${posix.basename(by.path)} alone imports it: join them`];
  });
}

/** Who imports each file, tests too. `later`: by `import()`. */
function importersIn(files) {
  const importers = new Map();
  for (const [path, code] of files) {
    for (const [, later, target] of code.matchAll(IMPORTED)) {
      const file = posix.join(posix.dirname(path), target);
      importers.set(file, [...(importers.get(file) ?? []), { path, later: Boolean(later) }]);
    }
  }
  return importers;
}

const standsAlone = (path) => FOR_TESTS.test(path) || BY_NAME.test(path) || BY_KIND.test(path);
const linesOf = (code) => code.split('\n').length - 1;

/** Files of a folder, without tests beside them and catalogues. */
const MOST = 25;
const UNCOUNTED = /\.test\.tsx?$|\/strings[\w-]*\.ts$/;

/**
 * @param {Iterable<string>} paths from the root of the repository, with `/`
 * @returns {string[]} a sentence for each folder that is to be divided
 */
export function heapsIn(paths) {
  const counts = new Map();
  for (const folder of [...paths].filter((path) => !UNCOUNTED.test(path)).map(posix.dirname))
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts]
    .filter(([, files]) => files > MOST)
    .map(([folder, files]) => `${folder} has ${files} files: divide it by subject`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const sources = filesUnder('src');
  const paths = [...sources, ...filesUnder('e2e')].map(([path]) => path);
  tell([...crumbsIn(sources), ...heapsIn(paths)]);
}
