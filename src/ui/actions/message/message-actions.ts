/** All that can be done with messages, in the order in which menus have it. */
import { possibleFor } from '../action.ts';
import { isKey, type KeyPress } from '../keys.ts';
import * as strings from '../strings/messages.ts';
import * as asides from './asides.ts';
import * as bringing from './bringing.ts';
import { continueFromHere, continueReply } from './continue.ts';
import { edit, fork, newChatFromHere, systemPromptFromHere } from './fork.ts';
import * as going from './going.ts';
import * as marking from './marking.ts';
import type { MessageAction, MessageGroup, MessagePlace, OnMessage } from './on-message.ts';
import { askSeveral, regenerate, regenerateWith, stop } from './regenerate.ts';
import * as several from './several.ts';
import { readSummary } from './summaries.ts';

export const MESSAGE_ACTIONS: readonly MessageAction[] = [
  going.go,
  going.replyAtEnd,
  going.copy,
  stop,
  continueReply,
  continueFromHere,
  edit,
  regenerate,
  regenerateWith,
  askSeveral,
  fork,
  asides.askAside,
  asides.bringForward,
  several.askAll,
  several.bringTogether,
  bringing.quote,
  bringing.quoteInto,
  bringing.quoteSummary,
  marking.rewindToHere,
  systemPromptFromHere,
  newChatFromHere,
  asides.keepAside,
  asides.dropAside,
  marking.star,
  marking.label,
  marking.hide,
  readSummary,
  going.sideBySide,
  going.compare,
  going.details,
  going.filesHere,
  going.copyLink,
  going.shareFrom,
  going.exportFrom,
  going.fold,
  going.pick,
];

export function messageActionsIn(place: MessagePlace): readonly MessageAction[] {
  return MESSAGE_ACTIONS.filter(({ where }) => where.includes(place));
}

/** Those that a place shows for these messages, also such as cannot be done now and say why. */
export function shownActions(place: MessagePlace, on: OnMessage): readonly MessageAction[] {
  const several = on.messages.length > 1;
  return messageActionsIn(place).filter(
    (action) => (!several || action.several) && possibleFor(action, on) !== false,
  );
}

/** The action whose key was pressed on a message. */
export function actionOfKey(event: KeyPress): MessageAction | undefined {
  return MESSAGE_ACTIONS.find(({ keys = [] }) => keys.some((key) => isKey(key, event)));
}

export interface ActionGroup {
  readonly name: string;
  readonly actions: readonly MessageAction[];
}

const GROUPS: readonly (readonly [name: string, groups: readonly MessageGroup[]])[] = [
  [strings.groupGo, ['go', 'look']],
  [strings.groupWrite, ['write']],
  [strings.groupMark, ['mark']],
  [strings.groupRemove, ['remove']],
];

/** What the menu of messages shows, in its groups: where one can go, what can be made, marked, taken away. */
export function menuGroups(on: OnMessage): readonly ActionGroup[] {
  const shown = shownActions('menu', on);
  return GROUPS.map(([name, groups]) => ({
    name,
    actions: shown.filter(({ group }) => groups.includes(group)),
  })).filter(({ actions }) => actions.length > 0);
}
