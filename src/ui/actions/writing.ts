/** What makes something new of a message, and what ends that. */
import {
  Bot,
  GitBranch,
  MessagesSquare,
  Pencil,
  RefreshCw,
  ScrollText,
  Square,
  SquarePen,
  StepForward,
  TextCursor,
} from 'lucide-react';
import type { AskOptions, RegenerateInput, ReplyWish, SendChange } from '../../client/types.ts';
import { newId, textOf } from '../../protocol/index.ts';
import { excerpt } from '../../protocol/reading/first-line.ts';
import {
  childrenOf,
  continuable,
  forkable,
  hasPosition,
  type MessageHeader,
  type ModelRef,
  type Obstacle,
  sameModel,
} from '../../tree/index.ts';
import { ask } from '../stores/errands.ts';
import { showThread } from '../stores/panes.ts';
import { navigate } from '../stores/route.ts';
import { showSideBySide } from '../stores/side-by-side.ts';
import { dismissToast, toast } from '../stores/toasts.ts';
import { isSummarising, onRefused, refusedOf } from '../stores/too-large.ts';
import { openTool } from '../stores/tools.ts';
import { dropTarget, setTarget } from '../stores/writing/target.ts';
import type { Possible } from './action.ts';
import { goingBack } from './agent-way.ts';
import { type MessageAction, type OnMessage, turnIn } from './on-message.ts';
import { placeInText } from './place-in-text.ts';
import * as strings from './strings/messages.ts';
import { firstWordsOf, followingOf, isLive, isOnPath, isWordless, newVersionOf } from './turn.ts';
import { whoAnswersAgain } from './who-answers.ts';

/** Most replies asked for at a time. */
export const MOST_REPLIES = 8;

/** True where something can be made of the message, else why not; false where there is no message. */
export const canFork = ({ page, message }: OnMessage): Possible =>
  possibleBy(forkable(page.view.tree, message));

const possibleBy = (obstacle: true | Obstacle): Possible => obstacle === true || WHY_NOT[obstacle];

const WHY_NOT: Record<Obstacle, string | false> = {
  writing: strings.stillWritten,
  wordless: strings.endedWordless,
  refused: strings.agentRefused,
  damaged: strings.beginningMissing,
  unknown: false,
};

/** Whether whoever answers can go on from words of a reply. */
function canContinue(on: OnMessage, reply: string): Possible {
  const model = whoIn(on);
  const possible = continuable(on.page.view.tree, reply, model);
  if (possible === 'agent') return strings.agentsDoNotContinue(model ? on.page.nameOf(model) : '');
  if (possible !== true) return possibleBy(possible);
  return model !== undefined || strings.noModel;
}

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

export const edit: MessageAction = {
  id: 'edit',
  name: strings.edit,
  icon: Pencil,
  keys: [{ key: 'e' }],
  group: 'write',
  where: ['prompt', 'reply', 'card', 'menu'],
  writes: true,
  effect: () => strings.newVersion,
  when: canFork,
  says: (on) => {
    const { view } = on.page;
    const says = strings.editSavesAs(newVersionOf(view, on.message));
    const header = view.tree.messages.get(on.message);
    return header?.role === 'user' ? says + goingBack(on.page, header.parent, on.page.model) : says;
  },
  run: (on) => {
    const { page, message } = on;
    if (!on.inThread) {
      showThread();
      const own = page.view.tree.messages.get(message)?.role === 'user';
      page.goTo(own ? (turnIn(on).reply ?? message) : message, message);
    }
    ask('edit', message);
  },
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
    return whoIn(on) !== undefined || strings.noModel;
  },
  says: saysRegenerate,
  run: (on, times = 1) => {
    const model = whoIn(on);
    const replies = wishes(model, times);
    const sentence = noWayBack(on);
    if (sentence === undefined || !model) return askAgain(on, replies);
    // The same again would end the same.
    return openTool({
      kind: 'cannot-go-back',
      conversation: on.page.view.id,
      agent: model.id,
      sentence,
      again: (change) => void askAgain(on, ...otherwise(replies, model, change)),
    });
  },
};

/** Another version of a reply that did not come to its end: it begins with what is there and goes on. */
export const continueReply: MessageAction = {
  id: 'continue',
  name: strings.continueReply,
  icon: StepForward,
  group: 'write',
  where: ['menu'],
  writes: true,
  effect: () => strings.newVersion,
  when: (on) => {
    const { reply } = turnIn(on);
    const header = reply === null ? undefined : on.page.view.tree.messages.get(reply);
    return header !== undefined && breaksOff(header) && canContinue(on, header.id);
  },
  says: (on) => {
    const model = whoIn(on);
    const version = newVersionOf(on.page.view, turnIn(on).reply as string);
    return strings.continuesAs(version, model && on.page.nameOf(model));
  },
  run: (on) => askAgain(on, wishes(whoIn(on)), { begin: { of: turnIn(on).reply as string } }),
};

/** Another version of a reply that begins with what it says before the selected words, and goes on from there. */
export const continueFromHere: MessageAction = {
  id: 'continue-from-here',
  name: strings.continueFromHere,
  icon: TextCursor,
  keys: [{ key: 'c' }],
  group: 'write',
  where: ['menu', 'selection'],
  writes: true,
  effect: () => strings.newVersion,
  when: (on) => {
    const header = on.page.view.tree.messages.get(on.message);
    if (header ? header.role !== 'assistant' || !hasPosition(header) : !isLive(on.page.view.tree, on.message))
      return false;
    if (turnIn(on).prompt === null) return false;
    const possible = canContinue(on, on.message);
    if (possible !== true) return possible;
    if (on.words === undefined) return strings.selectPlace;
    return on.before !== undefined || strings.noPlaceThere;
  },
  says: () => strings.continuesFromHere,
  run: async (on) => {
    const { page, message, before = '', words = '' } = on;
    const said = textOf((await page.client.read(page.view.id, message)).parts);
    const at = placeInText(said, before, words);
    if (at === undefined) throw new Error(strings.placeNotFound);
    const text = said.slice(0, at);
    if (text.trim() === '') throw new Error(strings.placeAtStart);
    document.getSelection()?.removeAllRanges();
    return askAgain(on, wishes(whoIn(on)), { begin: { of: message, text } });
  },
};

/** It has words and did not come to its end: stopped, interrupted, failed, at its length limit. */
function breaksOff({ role, finish }: MessageHeader): boolean {
  if (role !== 'assistant' || !finish || finish.failure?.code === 'only-thoughts') return false;
  return finish.reason === 'complete' ? finish.length === true : BREAKS.has(finish.reason);
}

const BREAKS: ReadonlySet<string> = new Set(['stopped', 'interrupted', 'failed']);

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
    const current = whoIn(on);
    openTool({
      ...{ kind: 'choose-model', title: strings.regenerateWithTitle, run },
      instructs: { name: strings.regenerate, ...(current && { current }) },
    });
  },
};

function whoIn(on: OnMessage): ModelRef | undefined {
  return whoAnswersAgain(on.page, on.page.view.tree, turnIn(on).reply);
}

function saysRegenerate(on: OnMessage): string {
  const { view, nameOf } = on.page;
  const { prompt, reply } = turnIn(on);
  const model = whoIn(on);
  const by = model && nameOf(model);
  if (reply !== null && isWordless(view.tree, reply)) {
    if (isOnPath(view, reply)) return by ? strings.asksModelAgain(by) : strings.asksAgain;
    return strings.startsBranch(prompt === null ? 0 : followingOf(view, prompt));
  }
  if (reply === null) return by ? strings.asksModel(by) : strings.asks;
  return strings.writesVersion(newVersionOf(view, reply), by) + goingBack(on.page, prompt, model);
}

type AskChange = AskOptions & Pick<RegenerateInput, 'begin' | 'instruction'>;

/** One that was to go on from another and said nothing is asked for again as it was. */
function beginAgain(on: OnMessage): Pick<RegenerateInput, 'begin'> {
  const { tree } = on.page.view;
  const { reply } = turnIn(on);
  const begun = reply !== null && isWordless(tree, reply) && tree.generations.get(reply)?.origin.begun;
  return begun ? { begin: { of: reply } } : {};
}

/** Asks for replies; the view goes to the first of them. Resolves when all are accepted, or the person was asked about a refusal. */
async function askAgain(
  on: OnMessage,
  asked: readonly ReplyWish[],
  change: AskChange = beginAgain(on),
): Promise<void> {
  const { view, client, made } = on.page;
  const { prompt } = turnIn(on);
  const [first] = asked;
  if (!first || prompt === null) return;
  // Asked once more, they are the same.
  const replies = asked.map((wish) => ({ ...wish, id: newId() }));
  try {
    const answer = await onceSummarised(() =>
      client.regenerate({ conversation: view.id, parent: prompt, replies, ...change }),
    );
    if (!answer) return;
    const { reply } = answer;
    made(reply, prompt);
    ask('message', reply);
    if (asked.length < 2) return;
    showSideBySide(prompt, true);
    toast(strings.writingVersions(asked.length));
  } catch (error) {
    const refused = asked[refusedOf(error)]?.model ?? first.model;
    onRefused(
      error,
      { conversation: view.id, model: refused },
      (other) => void askAgain(on, ...otherwise(asked, refused, other, change)),
    );
  }
}

/** How long until it is asked whether earlier messages are summarised by now, in ms. */
const ASK_AGAIN = 1_000;
/** No model takes that long. */
const STAYS_FOR = 600_000;

/** Asks, again as long as earlier messages are summarised first; that is said, and can be cancelled: then it resolves to undefined. */
async function onceSummarised<T>(asks: () => Promise<T>): Promise<T | undefined> {
  let notice: number | undefined;
  let isWanted = true;
  const cancel = () => {
    isWanted = false;
    if (notice !== undefined) dismissToast(notice);
  };
  try {
    for (;;) {
      try {
        return await asks();
      } catch (error) {
        if (!isSummarising(error)) throw error;
      }
      notice ??= toast(strings.summarising, {
        ...{ action: { name: strings.cancel, run: cancel }, stays: STAYS_FOR },
      });
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
      if (!isWanted) return undefined;
    }
  } finally {
    if (notice !== undefined) dismissToast(notice);
  }
}

/** The same replies, otherwise: another model takes the place of the one that was refused, the rest holds for all. */
function otherwise(
  replies: readonly ReplyWish[],
  refused: ModelRef,
  { model, ...change }: SendChange,
  before: AskChange = {},
): [readonly ReplyWish[], AskChange] {
  const instead = (reply: ReplyWish) =>
    model && sameModel(reply.model, refused) ? { ...reply, model } : reply;
  return [replies.map(instead), { ...before, ...change }];
}

const wishes = (model: ModelRef | undefined, times = 1): readonly ReplyWish[] =>
  model ? Array.from({ length: times }, () => ({ model })) : [];

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
    openTool({ kind: 'ask-several', run, current: whoIn(on) });
  },
};

/** Aims the message box after a reply; nothing is written until Send. At an end that is where it aims anyway, and that is said. */
export const fork: MessageAction = {
  id: 'fork',
  name: strings.fork,
  icon: GitBranch,
  group: 'write',
  where: ['reply', 'card', 'menu'],
  writes: true,
  when: (on) => {
    const { reply } = turnIn(on);
    return reply === null ? strings.noReplyToFollow : canFork({ ...on, message: reply });
  },
  effect: (on) => (isFollowed(on) ? strings.newBranch : strings.nothingFollowsYet),
  says: (on) =>
    isFollowed(on)
      ? strings.forkStarts + goingBack(on.page, turnIn(on).reply, on.page.model)
      : strings.forkAtEnd,
  run: (on) => {
    const { view, goTo } = on.page;
    const reply = turnIn(on).reply as string;
    if (!on.inThread) {
      showThread();
      goTo(reply);
    }
    if (isFollowed(on))
      return setTarget(view.id, { message: reply, words: excerpt(firstWordsOf(view.tree, reply)) });
    dropTarget(view.id);
    toast(strings.nothingFollows);
    ask('composer');
  },
};

function isFollowed(on: OnMessage): boolean {
  const { reply } = turnIn(on);
  const { view } = on.page;
  return reply !== null && (childrenOf(view.tree, reply).length > 0 || followingOf(view, reply) > 0);
}

export const systemPromptFromHere: MessageAction = {
  id: 'system-prompt',
  name: strings.systemPromptFromHere,
  icon: ScrollText,
  group: 'write',
  where: ['menu'],
  writes: true,
  effect: ({ page, message }) =>
    childrenOf(page.view.tree, message).length > 0 ? strings.newBranch : strings.nothingFollowsYet,
  when: (on) => isWordless(on.page.view.tree, on.message) || canFork(on),
  run: ({ message }) => openTool({ kind: 'system-prompt', message }),
};

/** A chat of its own with what was said up to here; nothing changes in this one. */
export const newChatFromHere: MessageAction = {
  id: 'new-chat-from-here',
  name: strings.newChatFromHere,
  icon: SquarePen,
  group: 'write',
  where: ['menu'],
  writes: true,
  effect: () => strings.newChat,
  when: canFork,
  run: async ({ page, message }) => {
    const made = await page.client.copy({ conversation: page.view.id, message });
    navigate({ kind: 'conversation', id: made.conversation });
    toast(strings.newChatMade);
    ask('composer');
  },
};
