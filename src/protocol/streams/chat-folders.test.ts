import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  chatFolderSnapshot,
  foldChatFolders,
  isNewChatFolder,
  noChatFolders,
  shownChatFolders,
} from './chat-folders.ts';
import { type ChatFolderPatch, readChatFolders, readList, readPatches } from './list-items.ts';

const patch = (fields: Partial<ChatFolderPatch>): ChatFolderPatch => ({
  ...{ v: 1, kind: 'chat-folder', id: 'folder-1', at: 1 },
  ...fields,
});
const fold = (...patches: ChatFolderPatch[]) => foldChatFolders(noChatFolders, patches);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const patches = fc.array(
  fc
    .record({
      id: fc.constantFrom('folder-1', 'folder-2'),
      at: fc.nat(4),
      name: some(fc.constantFrom('a', 'b', 'c')),
      removed: some(fc.boolean()),
    })
    .map(
      (fields) => JSON.parse(JSON.stringify(patch(fields as Partial<ChatFolderPatch>))) as ChatFolderPatch,
    ),
  { maxLength: 10 },
);

it('folds to the same whatever the order, the repeats and the batches', () => {
  const mixed = patches.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.shuffledSubarray(all)),
  );
  fc.assert(
    fc.property(mixed, ([all, order, again]) => {
      const folders = fold(...all);
      expect(fold(...order, ...again)).toEqual(folders);
      expect(all.reduce((grown, one) => foldChatFolders(grown, [one]), noChatFolders)).toEqual(folders);
      expect(foldChatFolders(folders, again)).toBe(folders);
      for (const one of all) expect(isNewChatFolder(folders, one)).toBe(false);
    }),
  );
});

it('is told as new exactly where it changes something', () => {
  fc.assert(
    fc.property(patches, (all) => {
      let grown = noChatFolders;
      for (const one of all) {
        const next = foldChatFolders(grown, [one]);
        expect(isNewChatFolder(grown, one)).toBe(next !== grown);
        grown = next;
      }
    }),
  );
});

it('is the same from a snapshot, alone and on top of any part of what it was made of', () => {
  fc.assert(
    fc.property(patches, fc.nat(10), (all, part) => {
      const folders = fold(...all);
      const snapshot = chatFolderSnapshot(folders);
      expect(readChatFolders(snapshot)).toEqual(snapshot);
      expect(fold(...snapshot)).toEqual(folders);
      expect(fold(...all.slice(0, part), ...snapshot)).toEqual(folders);
    }),
  );
});

it('shows those that have a name and are not removed, by name as people count', () => {
  const folders = fold(
    patch({ id: 'folder-1', name: 'Part 10' }),
    patch({ id: 'folder-2', name: 'part 2' }),
    patch({ id: 'folder-3', name: 'Gone' }),
    patch({ id: 'folder-3', at: 2, removed: true }),
    patch({ id: 'folder-4', removed: false }),
  );
  expect(shownChatFolders(folders).map(({ name }) => name)).toEqual(['part 2', 'Part 10']);
  const back = foldChatFolders(folders, [patch({ id: 'folder-3', at: 3, removed: false })]);
  expect(shownChatFolders(back).map(({ name }) => name)).toContain('Gone');
});

it('keeps what a later version says of a folder, and reads the rest of it', () => {
  const later = { ...patch({ name: 'Work', removed: false }), colour: 'red' };
  expect(readList([later])).toEqual([
    { kind: 'patch', patch: patch({ name: 'Work', removed: false }) },
    { kind: 'other', item: { ...patch({}), colour: 'red' } },
  ]);
  const otherwise = { ...patch({}), name: { en: 'Work' }, removed: true };
  expect(readList([otherwise])[0]).toEqual({ kind: 'patch', patch: patch({ removed: true }) });
  expect(readPatches([later])).toEqual([]);
});
