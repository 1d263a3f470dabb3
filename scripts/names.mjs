/**
 * One name, one thing: a type name that is declared in three files or more means three things to a reader who searches for it.
 * Looks at declarations that stand at the beginning of a line, outside of tests and what is made for them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const MOST = 2;
const FOR_TESTS = /\.(test|child)\.tsx?$|testing|\/(simulation|torture)\//;
const DECLARED = /^(?:export )?(?:declare )?(?:abstract )?(?:type|interface|class|enum) (\w+)/gm;

/**
 * Types that too many files declare, as sentences.
 * @param {Iterable<readonly [path: string, code: string]>} sources paths from the root of the repository, with `/`
 * @returns {string[]}
 */
export function sharedNames(sources) {
  const files = new Map();
  for (const [path, code] of sources) {
    if (FOR_TESTS.test(path)) continue;
    for (const [, name] of code.matchAll(DECLARED)) {
      files.set(name, (files.get(name) ?? new Set()).add(path));
    }
  }
  return [...files]
    .filter(([, paths]) => paths.size > MOST)
    .map(
      ([name, paths]) => `${name} is a type in ${paths.size} files; give it names: ${[...paths].join(', ')}`,
    );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '..');
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')]);
  const faults = sharedNames(sources);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
