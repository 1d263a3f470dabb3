/**
 * One name, one thing: a type name that is declared in three files or more means three things to a reader who searches for it.
 * Looks at declarations that stand at the beginning of a line, outside of tests and what is made for them.
 */
import { pathToFileURL } from 'node:url';
import { filesUnder, tell } from './sources.mjs';

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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) tell(sharedNames(filesUnder('src')));
