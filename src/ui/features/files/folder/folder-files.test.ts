import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FILES_LIMIT } from '../../../../protocol/index.ts';
import { choose, filesIn } from './folder-files.ts';

const fileOf = (path: string, size = 3) => {
  const file = new File(['abc'], path.split('/').at(-1) ?? '');
  Object.defineProperty(file, 'size', { value: size });
  return { path, file };
};

test.each([
  ['notes/plan.md', 3, undefined],
  ['a/report.pdf', 50_000_000, undefined],
  ['a/data.csv', 2_000_000, 'too-large'],
  ['a/photo.PNG', 11_000_000, 'too-large'],
  ['a/empty.txt', 0, 'empty'],
  ['a/.env', 3, 'hidden'],
  ['a/node_modules/x/index.js', 3, 'generated'],
  ['.git/config', 3, 'generated'],
  ['a/song.mp3', 3, undefined],
  ['a/memo.m4a', 50_000_000, undefined],
  ['a/film.mp4', 3, 'unreadable'],
  ['a/film.webm', 3, 'unreadable'],
])('%s of %d bytes: %s', (path, size, why) => {
  expect(choose([fileOf(path, size)])[0]?.why).toBe(why);
});

test('as many go as there is room for, and every one is told of', () => {
  const path = fc.constantFrom('a.md', 'b/.x', 'c.mp4', 'd/e.txt', 'node_modules/f.js');
  fc.assert(
    fc.property(fc.array(path, { maxLength: 40 }), fc.nat(FILES_LIMIT), (paths, room) => {
      const chosen = choose(
        paths.map((one) => fileOf(one)),
        room,
      );
      const can = paths.filter((one) => /^(a\.md|d\/)/.test(one)).length;
      expect(chosen).toHaveLength(paths.length);
      expect(chosen.filter(({ why }) => why === undefined)).toHaveLength(Math.min(can, room));
    }),
  );
});

describe('a folder that was dropped', () => {
  const entry = (name: string, children?: readonly unknown[]): FileSystemEntry => {
    let given = false;
    return {
      name,
      isFile: !children,
      isDirectory: Boolean(children),
      file: (found: (file: File) => void) => found(new File(['x'], name)),
      createReader: () => ({
        readEntries: (found: (entries: readonly unknown[]) => void) => {
          found(given ? [] : (children ?? []));
          given = true;
        },
      }),
    } as unknown as FileSystemEntry;
  };

  test('is walked through, but for what tools made', async () => {
    const folder = entry('work', [
      entry('b.md'),
      entry('node_modules', [entry('x.js')]),
      entry('src', [entry('a.ts')]),
    ]);
    const { files, whole } = await filesIn([folder, entry('alone.txt')]);
    expect(files.map(({ path }) => path)).toEqual(['alone.txt', 'work/b.md', 'work/src/a.ts']);
    expect(whole).toBe(true);
  });

  test('of very many files the first are looked at, and that is told', async () => {
    const folder = entry(
      'big',
      Array.from({ length: 2_100 }, (_, n) => entry(`${n}.txt`)),
    );
    const { files, whole } = await filesIn([folder]);
    expect([files.length, whole]).toEqual([2_000, false]);
  });

  test('a folder in a folder without end ends', async () => {
    let deep = entry('last', [entry('x.txt')]);
    for (let n = 0; n < 30; n += 1) deep = entry(`d${n}`, [deep]);
    expect(await filesIn([deep])).toEqual({ files: [], whole: false });
  });
});
