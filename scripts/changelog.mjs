/** The changelog at a release (docs/decisions/0233-releases.md). Pure. */

const UNRELEASED = '## [Unreleased]\n';

/**
 * What stood under "Unreleased" gets the heading of the version, and an empty "Unreleased" stands above it.
 * @param date 2026-11-29
 * @returns {{ changelog: string, notes: string }} `notes`: what is new in the version
 * @throws {Error} where nothing is new, or the version is there already
 */
export function released(changelog, version, date) {
  const start = changelog.indexOf(UNRELEASED);
  if (start < 0) throw new Error('CHANGELOG.md has no heading "## [Unreleased]".');
  if (changelog.includes(`\n## [${version}]`)) throw new Error(`CHANGELOG.md has ${version} already.`);
  const begin = start + UNRELEASED.length;
  const next = changelog.indexOf('\n## [', begin);
  const notes = changelog.slice(begin, next < 0 ? undefined : next + 1).trim();
  if (notes === '') throw new Error('Nothing stands under "Unreleased" in CHANGELOG.md.');
  const heading = `\n## [${version}] - ${date}\n`;
  return { changelog: changelog.slice(0, begin) + heading + changelog.slice(begin), notes };
}

/** The first is later than, or the same as, the second: three numbers each. */
export function isLater(version, than) {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  const index = a.findIndex((number, n) => number !== b[n]);
  return index < 0 || a[index] > b[index];
}
