import { describe, expect, test } from 'vitest';
import { isKey, type Key, type KeyPress, keyName } from './keys.ts';

type Modifier = 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey';

const press = (key: string, code: string, ...modifiers: readonly Modifier[]): KeyPress => ({
  ...{ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target: null },
  ...Object.fromEntries(modifiers.map((name) => [name, true])),
});

const star: Key = { key: 's' };
const above: Key = { key: '[' };
const below: Key = { key: ']' };
const palette: Key = { key: 'k', mod: true };
const fresh: Key = { key: 'o', mod: true, shift: true };
const sheet: Key = { key: '/', mod: true };
const help: Key = { key: '?', outsideText: true };
const prune: Key = { key: 'Delete' };

describe('the key of an action', () => {
  test.each([
    ['a letter', star, press('s', 'KeyS')],
    ['a letter while Caps Lock is on', star, press('S', 'KeyS')],
    ['Cyrillic: the letter in its place', star, press('ы', 'KeyS')],
    ['Greek, with Ctrl', palette, press('κ', 'KeyK', 'ctrlKey')],
    ['Cyrillic, with Ctrl and Shift', fresh, press('Щ', 'KeyO', 'ctrlKey', 'shiftKey')],
    ['Dvorak: the letter, wherever it is', star, press('s', 'Semicolon')],
    ['[ on a US keyboard', above, press('[', 'BracketLeft')],
    ['[ with AltGr on a German one', above, press('[', 'Digit8', 'ctrlKey', 'altKey')],
    ['[ with Option on a German Mac', above, press('[', 'Digit5', 'altKey')],
    ['[ by its place on a German one: ü', above, press('ü', 'BracketLeft')],
    ['] by its place on a German one: +', below, press('+', 'BracketRight')],
    ['[ by its place on a French one: a dead key', above, press('Dead', 'BracketLeft')],
    ['[ by its place on a Russian one', above, press('х', 'BracketLeft')],
    ['/ with Shift on a German one', sheet, press('/', 'Digit7', 'ctrlKey', 'shiftKey')],
    ['? with or without Shift', help, press('?', 'Slash', 'shiftKey')],
    ['a key with a name', prune, press('Delete', 'Delete')],
  ] as const)('%s', (_, key, event) => {
    expect(isKey(key, event)).toBe(true);
  });

  test.each([
    ['another letter', star, press('a', 'KeyA')],
    ['Dvorak: another letter in its place', star, press('o', 'KeyS')],
    ['Dvorak: a sign in its place', { key: 'e' }, press('.', 'KeyE')],
    ['a letter with a modifier', star, press('s', 'KeyS', 'ctrlKey')],
    ['a letter with Shift', star, press('S', 'KeyS', 'shiftKey')],
    ['Ctrl with Alt', palette, press('k', 'KeyK', 'ctrlKey', 'altKey')],
    ['without its modifier', palette, press('k', 'KeyK')],
    ['without its Shift', fresh, press('o', 'KeyO', 'ctrlKey')],
    ['{ on a US keyboard', above, press('{', 'BracketLeft', 'shiftKey')],
    ['Alt and the place of [', above, press('ü', 'BracketLeft', 'altKey')],
    ['a letter in the place of [', above, press('p', 'BracketLeft')],
    ['Ctrl and minus, which is the browser’s', sheet, press('-', 'Slash', 'ctrlKey')],
  ] as const)('is not %s', (_, key, event) => {
    expect(isKey(key, event)).toBe(false);
  });

  test('is called as people write it', () => {
    expect(
      [star, above, fresh, prune, { key: 'ArrowUp' }, { key: ' ', shift: true } as const].map(keyName),
    ).toEqual(['S', '[', 'Ctrl+Shift+O', 'Delete', '↑', 'Shift+Space']);
  });
});
