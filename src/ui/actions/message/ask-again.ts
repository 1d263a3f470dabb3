/** Asking for replies to what was asked before, whatever stands in the way: a context that is too large, a summary that comes first. */
import type { AskOptions, RegenerateInput, ReplyWish, SendChange } from '../../../client/types.ts';
import { newId } from '../../../protocol/index.ts';
import { type ModelRef, sameModel } from '../../../tree/index.ts';
import { ask } from '../../stores/errands.ts';
import { fromHere } from '../../stores/route.ts';
import { showNewBeside } from '../../stores/side-by-side.ts';
import { dismissToast, toast } from '../../stores/toasts.ts';
import { isSummarising, onRefused, refusedOf } from '../../stores/too-large.ts';
import * as strings from '../strings/messages.ts';
import { whoAnswersAgain } from '../who-answers.ts';
import { type OnMessage, turnIn } from './on-message.ts';
import { isWordless } from './turn.ts';

export function whoAnswersIn(on: OnMessage): ModelRef | undefined {
  return whoAnswersAgain(on.page, on.page.view.tree, turnIn(on).reply);
}

type AskChange = AskOptions & Pick<RegenerateInput, 'begin' | 'instruction'>;

/** One that was to go on from another and said nothing is asked for again as it was. */
export function beginAgain(on: OnMessage): Pick<RegenerateInput, 'begin'> {
  const { tree } = on.page.view;
  const { reply } = turnIn(on);
  const begun = reply !== null && isWordless(tree, reply) && tree.generations.get(reply)?.origin.begun;
  return begun ? { begin: { of: reply } } : {};
}

/** Asks for replies; the view goes to the first of them. Resolves when all are accepted, or the person was asked about a refusal. */
export async function askAgain(
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
  const isHere = fromHere();
  try {
    const answer = await onceSummarised(() =>
      client.regenerate({ conversation: view.id, parent: prompt, replies, ...change }),
    );
    if (!answer) return;
    const { reply } = answer;
    made(reply, prompt);
    if (isHere()) ask('message', reply);
    if (asked.length < 2) return;
    showNewBeside(prompt, reply);
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
export function otherwise(
  replies: readonly ReplyWish[],
  refused: ModelRef,
  { model, ...change }: SendChange,
  before: AskChange = {},
): [readonly ReplyWish[], AskChange] {
  const instead = (reply: ReplyWish) =>
    model && sameModel(reply.model, refused) ? { ...reply, model } : reply;
  return [replies.map(instead), { ...before, ...change }];
}

export const wishes = (model: ModelRef | undefined, times = 1): readonly ReplyWish[] =>
  model ? Array.from({ length: times }, () => ({ model })) : [];
