/** Where the time of `npm test` goes: `--slow` prints the files that took longest, from the reports of vitest and Playwright. */

/** @typedef {{ readonly file: string, readonly seconds: number, readonly tests: number }} Took */

/** @param {any} report of vitest @param {string} root @returns {Took[]} */
export function unitFiles({ testResults = [] }, root) {
  return testResults.map(({ name, startTime, endTime, assertionResults }) => ({
    file: name.replace(`${root}/`, ''),
    seconds: (endTime - startTime) / 1000,
    tests: assertionResults.length,
  }));
}

/** @param {any} report of Playwright @returns {Took[]} all tries of a test are counted */
export function journeyFiles({ suites = [] }) {
  return suites.map((suite) => {
    const tests = testsOf(suite);
    const ms = tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0);
    return { file: `e2e/${suite.file}`, seconds: ms / 1000, tests: tests.length };
  });
}

function testsOf({ specs = [], suites = [] }) {
  return [...specs.flatMap(({ tests }) => tests), ...suites.flatMap(testsOf)];
}

/** The longest first, and what all took together: files run side by side, so the sum is longer than the wait. @param {readonly Took[]} files */
export function slowest(files, most = 20) {
  const all = files.reduce((sum, { seconds }) => sum + seconds, 0);
  const lines = [...files]
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, most)
    .map(
      ({ file, seconds, tests }) =>
        `${seconds.toFixed(1).padStart(7)} s ${String(Math.round((100 * seconds) / (all || 1))).padStart(3)} %  ${file} (${tests})`,
    );
  return [...lines, `${all.toFixed(1).padStart(7)} s in ${files.length} files`].join('\n');
}
