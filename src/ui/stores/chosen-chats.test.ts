import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import {
  beginChoosing,
  chooseAll,
  chooseTo,
  endChoosing,
  keepChosen,
  toggleChosen,
  useChosenChats,
  workOnChosen,
} from './chosen-chats.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e'];
const chosen = () => ORDER.filter((id) => useChosenChats.getState().ids.has(id)).join('');
beforeEach(endChoosing);

test('one by one, a range from the last, all, and none', () => {
  toggleChosen('b');
  expect([chosen(), useChosenChats.getState().choosing]).toEqual(['b', true]);
  chooseTo(ORDER, 'd', undefined);
  expect(chosen()).toBe('bcd');
  toggleChosen('c');
  chooseTo(ORDER, 'a', undefined);
  expect(chosen()).toBe('abcd');
  chooseAll(ORDER);
  expect(chosen()).toBe('abcde');
  endChoosing();
  expect([chosen(), useChosenChats.getState().choosing]).toEqual(['', false]);
});

test('a range begins at the focus where nothing was chosen, or what was is not shown', () => {
  chooseTo(ORDER, 'c', 'b');
  expect(chosen()).toBe('bc');
  endChoosing();
  toggleChosen('elsewhere');
  chooseTo(ORDER, 'b', 'd');
  expect(chosen()).toBe('bcd');
  endChoosing();
  beginChoosing();
  chooseTo(ORDER, 'e', undefined);
  expect(chosen()).toBe('e');
});

test('a range holds all between, whichever way it was drawn, and takes none away', () => {
  const any = fc.constantFrom(...ORDER);
  fc.assert(
    fc.property(fc.array(any), any, any, (before, from, to) => {
      endChoosing();
      for (const id of new Set(before)) toggleChosen(id);
      const was = new Set(useChosenChats.getState().ids);
      toggleChosen(from);
      if (!useChosenChats.getState().ids.has(from)) toggleChosen(from);
      chooseTo(ORDER, to, undefined);
      const [first, last] = [ORDER.indexOf(from), ORDER.indexOf(to)].sort();
      expect(useChosenChats.getState().ids).toEqual(
        new Set([...was, ...ORDER.slice(first, (last as number) + 1)]),
      );
    }),
  );
});

test('what left the list is let go of', () => {
  chooseAll(ORDER);
  keepChosen(new Set(['a', 'e']));
  expect(chosen()).toBe('ae');
});

test('work says how far it is, can be stopped, and leaves nothing behind where it fails', async () => {
  const failing = workOnChosen(async ({ onProgress, signal }) => {
    onProgress(500, 1_200);
    expect(useChosenChats.getState().work).toMatchObject({ done: 500, of: 1_200 });
    useChosenChats.getState().work?.stop();
    expect(signal.aborted).toBe(true);
    throw new Error('No.');
  });
  await expect(failing).rejects.toThrow('No.');
  expect(useChosenChats.getState().work).toBeUndefined();
});
