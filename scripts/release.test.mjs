import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isLater, released } from './changelog.mjs';
import { licencesIn, unfit } from './licences.mjs';
import { root } from './stamp.mjs';

const before = `# Changelog

## [Unreleased]

### Added

- A thing.

## [0.1.0] - 2026-01-01

- The first.
`;

test('a release gets what is new, and leaves room for what comes', () => {
  const { changelog, notes } = released(before, '0.2.0', '2026-02-02');
  expect(notes).toBe('### Added\n\n- A thing.');
  expect(changelog).toContain(
    '## [Unreleased]\n\n## [0.2.0] - 2026-02-02\n\n### Added\n\n- A thing.\n\n## [0.1.0]',
  );
  expect(() => released(changelog, '0.3.0', '2026-03-03')).toThrow('Nothing stands under "Unreleased"');
});

test('refuses a version that is there, and a changelog without the heading', () => {
  expect(() => released(before, '0.1.0', '2026-02-02')).toThrow('has 0.1.0 already');
  expect(() => released('# Changelog\n', '0.1.0', '2026-02-02')).toThrow('no heading');
});

test('our own changelog can be released', () => {
  expect(released(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), '999.0.0', '2026-02-02').notes).not.toBe(
    '',
  );
});

test('later versions', () => {
  expect([isLater('0.1.0', '0.0.9'), isLater('0.1.0', '0.1.0'), isLater('0.1.10', '0.1.9')]).toEqual([
    true,
    true,
    true,
  ]);
  expect(isLater('0.1.0', '1.0.0')).toBe(false);
});

test('licences are told, once each; developers’ own apart', () => {
  const lock = {
    packages: {
      '': { version: '1.0.0', license: 'Apache-2.0' },
      'node_modules/@a/b': { version: '1.0.0', license: 'MIT' },
      'node_modules/x/node_modules/@a/b': { version: '1.0.0', license: 'MIT' },
      'node_modules/dev': { version: '2.0.0', license: 'GPL-3.0', dev: true },
    },
  };
  expect(licencesIn(lock)).toEqual([{ name: '@a/b', version: '1.0.0', licence: 'MIT' }]);
  expect(licencesIn(lock, true)).toHaveLength(2);
});

test('a licence that binds others is refused, a choice is not', () => {
  const one = (licence) => unfit([{ name: 'x', version: '1', licence }]).length;
  expect(['MIT', 'GPL-3.0', 'AGPL-3.0-only', 'none', '(MIT OR GPL-3.0)', 'LGPL-3.0'].map(one)).toEqual([
    0, 1, 1, 1, 0, 0,
  ]);
});

test('what comes with Bough may come with it', () => {
  const packages = licencesIn(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  expect(packages.length).toBeGreaterThan(50);
  expect(unfit(packages)).toEqual([]);
});
