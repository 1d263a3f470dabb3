import { createTwoFilesPatch } from 'diff';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DiffLine, diffLines } from './diff-lines.ts';

const of = (lines: readonly DiffLine[], kind: DiffLine['kind']) =>
  lines.filter((line) => line.kind === kind).map(({ text }) => text);

test('of any two files what was taken and what came is told apart, whatever the lines look like', () => {
  const line = fc.constantFrom('a', 'b', '-- x', '++ y', '@@ z', ' ', '\\ w', 'diff ');
  const file = fc.array(line, { minLength: 1 }).map((lines) => `${lines.join('\n')}\n`);
  fc.assert(
    fc.property(file, file, (before, after) => {
      const lines = diffLines(createTwoFilesPatch('old', 'new', before, after).replace(/\n$/, ''));
      const side = (gone: 'added' | 'removed') =>
        lines
          .filter(({ kind }) => kind === 'same' || kind === gone)
          .map(({ text }) => text.slice(1))
          .sort();
      // Context of three lines: what stands on a side is a part of that file.
      const parts = (text: string) => text.split('\n');
      for (const text of side('removed')) expect(parts(before)).toContain(text);
      for (const text of side('added')) expect(parts(after)).toContain(text);
      expect(of(lines, 'removed').length - of(lines, 'added').length).toBe(
        parts(before).length - parts(after).length,
      );
    }),
  );
});

test('several files, and what git says of them', () => {
  const lines = diffLines(
    [
      'diff --git a/x b/x',
      'index 1234567..89abcde 100644',
      '--- a/x',
      '+++ b/x',
      '@@ -1,2 +1,2 @@ f()',
      ' same',
      '--- gone, though it looks like a head',
      '+come',
      'diff --git a/y b/y',
      'deleted file mode 100644',
    ].join('\n'),
  );
  expect(of(lines, 'removed')).toEqual(['--- gone, though it looks like a head']);
  expect(of(lines, 'added')).toEqual(['+come']);
  expect(of(lines, 'file')).toHaveLength(6);
});

test('without places, as models write it', () => {
  const lines = diffLines('  keep\n- old\n+ new');
  expect(lines.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added']);
});
