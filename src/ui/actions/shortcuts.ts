/**
 * What the sheet of keys lists: the keys of all actions from their definitions, and beside them those that move within a list, a tree or a
 * thread, as their handlers read them here (docs/interface.md). Pure.
 */
import type { Action } from './action.ts';
import { CONVERSATION_ACTIONS } from './conversation/conversation-actions.ts';
import { isKey, type Key, type KeyPress, keyName } from './keys.ts';
import { MESSAGE_ACTIONS } from './message/message-actions.ts';
import { ANYWHERE } from './page/anywhere.ts';
import * as strings from './strings/pages.ts';

interface Shortcut {
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
      where: strings.keysAnywhere,
      shortcuts: [
        ...ANYWHERE.flatMap(ofAction),
        one('F3', strings.nextHit),
        one('F8', strings.readReply),
        one('Esc', strings.nearest),
      ],
    },
    {
      where: strings.keysInBox,
      shortcuts: [
        one('Enter', strings.send),
        one('Shift+Enter', strings.newLine),
        one('↑', strings.toLastMessage),
      ],
    },
    {
      where: strings.keysOnMessage,
      shortcuts: [
        pair('before', 'after', strings.neighbours),
        pair('previous-version', 'next-version', strings.versions),
        pair('fork-above', 'fork-below', strings.forks),
        ...MESSAGE_ACTIONS.flatMap(ofAction),
      ],
    },
    {
      where: strings.keysInOutline,
      shortcuts: [
        { keys: ['↑', '↓', 'Home', 'End'], does: strings.moveInOutline },
        { keys: ['→', '←'], does: strings.stepInOutline },
        one('Enter', strings.goOrUnfold),
        one('Shift+Space', strings.selectRow),
        one('Shift+F10', strings.rowMenu),
        ...MESSAGE_ACTIONS.filter(({ id }) => id === 'prune').flatMap(ofAction),
      ],
    },
    {
      where: strings.keysInList,
      shortcuts: [
        { keys: ['↑', '↓', 'Home', 'End'], does: strings.move },
        one('Shift+Space', strings.selectChat),
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
