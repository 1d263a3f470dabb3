/** Other versions of a reply, and what ends one that is being written. Who writes them: who-answers.ts. */
import { Bot, MessagesSquare, RefreshCw, Square } from 'lucide-react';
import type { ReplyWish } from '../../../client/types.ts';
import type { ModelRef } from '../../../tree/index.ts';
import { openDialog } from '../../stores/dialogs.ts';
import type { Possible } from '../action.ts';
import * as strings from '../strings/messages.ts';
import { goingBack } from './agent-session-words.ts';
import { askAgain, beginAgain, otherwise, whoAnswersIn, wishes } from './ask-again.ts';
import { canFork } from './fork.ts';
import { type MessageAction, type OnMessage, turnIn } from './on-message.ts';
import { followingOf, isLive, isOnPath, isWordless, newVersionOf } from './turn.ts';

/** Most replies asked for at a time. */
export const MOST_REPLIES = 8;

/** Ends the reply of the turn that is being written; what is there stays. */
export const stop: MessageAction = {
  id: 'stop',
  name: strings.stopReply,
  short: strings.stop,
  icon: Square,
  group: 'write',
  where: ['menu', 'card'],
  writes: true,
  when: (on) => {
    const { reply } = turnIn(on);
    return reply !== null && isLive(on.page.view.tree, reply);
  },
  says: () => strings.stopKeeps,
  run: (on) => on.page.client.stop(on.page.view.id, turnIn(on).reply as string),
};

export const regenerate: MessageAction = {
  id: 'regenerate',
  name: strings.regenerate,
  icon: RefreshCw,
  keys: [{ key: 'r' }],
  group: 'write',
  where: ['reply', 'card', 'menu'],
  writes: true,
  times: MOST_REPLIES,
  effect: newReply,
  when: (on) => {
    const possible = canAnswer(on);
    if (possible !== true) return possible;
    return whoAnswersIn(on) !== undefined || strings.noModel;
  },
  says: saysRegenerate,
  run: (on, times = 1) => {
    const model = whoAnswersIn(on);
    const replies = wishes(model, times);
    const sentence = noWayBack(on);
    if (sentence === undefined || !model) return askAgain(on, replies);
    // The same again would end the same.
    return openDialog({
      kind: 'cannot-go-back',
      conversation: on.page.view.id,
      agent: model.id,
      sentence,
      again: (change) => void askAgain(on, ...otherwise(replies, model, change)),
    });
  },
};

/** What an agent said that found only when it was asked that it cannot go back to here. */
function noWayBack({ page, message }: OnMessage): string | undefined {
  const failure = page.view.tree.generations.get(message)?.end?.failure;
  return failure?.code === 'cannot-go-back' ? failure.sentence : undefined;
}

/** Somebody can be asked for another reply in the turn. */
function canAnswer(on: OnMessage): Possible {
  if (turnIn(on).prompt === null) return false;
  return isWordless(on.page.view.tree, on.message) || canFork(on);
}

/** The first reply to a message is no version of another. */
function newReply(on: OnMessage): string {
  const { reply } = turnIn(on);
  return reply !== null && on.page.view.tree.messages.has(reply) ? strings.newVersion : strings.newReply;
}

/** By one who is chosen for this once. */
export const regenerateWith: MessageAction = {
  id: 'regenerate-with',
  name: strings.regenerateWith,
  icon: Bot,
  group: 'write',
  where: ['menu'],
  writes: true,
  effect: newReply,
  when: canAnswer,
  run: (on) => {
    const run = (model: ModelRef, instruction?: string) =>
      void askAgain(on, wishes(model), { ...beginAgain(on), ...(instruction && { instruction }) });
    const current = whoAnswersIn(on);
    openDialog({
      ...{ kind: 'choose-model', title: strings.regenerateWithTitle, run },
      instructs: { name: strings.regenerate, ...(current && { current }) },
    });
  },
};

function saysRegenerate(on: OnMessage): string {
  const { view, nameOf } = on.page;
  const { prompt, reply } = turnIn(on);
  const model = whoAnswersIn(on);
  const by = model && nameOf(model);
  if (reply !== null && isWordless(view.tree, reply)) {
    if (isOnPath(view, reply)) return by ? strings.asksModelAgain(by) : strings.asksAgain;
    return strings.startsBranch(prompt === null ? 0 : followingOf(view, prompt));
  }
  if (reply === null) return by ? strings.asksModel(by) : strings.asks;
  return strings.writesVersion(newVersionOf(view, reply), by) + goingBack(on.page, prompt, model);
}

/** By any mix of models. */
export const askSeveral: MessageAction = {
  id: 'ask-several',
  name: strings.askSeveral,
  icon: MessagesSquare,
  group: 'write',
  where: ['reply', 'menu'],
  writes: true,
  effect: () => strings.severalVersions,
  when: canAnswer,
  run: (on) => {
    const run = (replies: readonly ReplyWish[]) => void askAgain(on, replies);
    openDialog({ kind: 'ask-several', run, current: whoAnswersIn(on) });
  },
};
