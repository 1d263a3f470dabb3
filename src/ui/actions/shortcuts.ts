/**
 * What the sheet of keys lists: the keys of all actions from their definitions, and beside them those that move within a list, a tree or a
 * thread, as their handlers read them here (docs/interface.md). Pure.
 */
import type { Action } from './action.ts';
import { ANYWHERE } from './anywhere.ts';
import { CONVERSATION_ACTIONS } from './conversation-actions.ts';
import { isKey, type Key, type KeyPress, keyName } from './keys.ts';
import { MESSAGE_ACTIONS } from './message-actions.ts';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

export interface ShortcutGroup {
  readonly where: string;
  readonly shortcuts: readonly Shortcut[];
}

/** Keys that move from a message that has the focus. */
const MESSAGE_MOVES = {
  before: { key: 'ArrowUp' },
  after: { key: 'ArrowDown' },
  'previous-version': { key: 'ArrowLeft' },
  'next-version': { key: 'ArrowRight' },
  'fork-above': { key: '[' },
  'fork-below': { key: ']' },
} as const satisfies Record<string, Key>;

export type MessageMove = keyof typeof MESSAGE_MOVES;

export function messageMoveOf(event: KeyPress): MessageMove | undefined {
  return (Object.keys(MESSAGE_MOVES) as MessageMove[]).find((move) => isKey(MESSAGE_MOVES[move], event));
}

export function shortcutGroups(): readonly ShortcutGroup[] {
  return [
    {
      where: 'Anywhere',
      shortcuts: [
        ...ANYWHERE.flatMap(ofAction),
        one('F3', 'Next hit, while find is open'),
        one('Esc', 'Close, cancel or stop: the nearest'),
      ],
    },
    {
      where: 'Message box',
      shortcuts: [
        one('Enter', 'Send'),
        one('Shift+Enter', 'New line'),
        one('↑', 'To the last message, from an empty box'),
      ],
    },
    {
      where: 'A message that has the focus',
      shortcuts: [
        pair('before', 'after', 'The neighbours'),
        pair('previous-version', 'next-version', 'Previous, next version'),
        pair('fork-above', 'fork-below', 'The fork above, below'),
        ...MESSAGE_ACTIONS.flatMap(ofAction),
      ],
    },
    {
      where: 'The tree’s outline',
      shortcuts: [
        { keys: ['↑', '↓', 'Home', 'End'], does: 'Move; letters find a row' },
        { keys: ['→', '←'], does: 'Open or go in, close or go out' },
        one('Enter', 'Go there, unfold'),
        one('Shift+Space', 'Select the row, for several'),
        one('Shift+F10', 'All that can be done with it'),
        ...MESSAGE_ACTIONS.filter(({ id }) => id === 'prune').flatMap(ofAction),
      ],
    },
    {
      where: 'The list of chats',
      shortcuts: [
        { keys: ['↑', '↓', 'Home', 'End'], does: 'Move' },
        ...CONVERSATION_ACTIONS.flatMap(ofAction),
      ],
    },
  ];
}

const one = (keys: string, does: string): Shortcut => ({ keys: [keys], does });

const pair = (first: MessageMove, second: MessageMove, does: string): Shortcut => ({
  keys: [keyName(MESSAGE_MOVES[first]), keyName(MESSAGE_MOVES[second])],
  does,
});

function ofAction({
  name,
  keys = [],
}: Pick<Action<never, string, string>, 'name' | 'keys'>): readonly Shortcut[] {
  return keys.length === 0 ? [] : [{ keys: keys.map(keyName), does: name }];
}
