/** `answer`: a person's answer to a question of a reply (docs/protocol.md, "Write order"). */

import {
  type CommandInput,
  type CommandOutput,
  emptyReply,
  foldReply,
  type QuestionPart,
  readReply,
  replyStream,
} from '../../../protocol/index.ts';
import { answerFault } from '../../../protocol/parts/question-fields.ts';
import { type Offset, readAll, START } from '../../engine/index.ts';
import type { Store } from '../index/store.ts';
import { isMissing, noAnswer, refusals } from '../kit/refusals.ts';
import { movement } from '../reply/wait-for-log.ts';

/**
 * At any server: the one that writes the reply is told in its input. Acknowledged once the log has an answer, which may be another.
 * Throws Refusal `not-found`, `ended`, `bad-request`, EngineError: the outcome is unknown then, and the same answer can be given again.
 */
export async function answer(
  store: Store,
  { conversation, reply, question, option, values }: CommandInput<'answer'>,
): Promise<CommandOutput<'answer'>> {
  await store.list.living(conversation);
  const generation = (await store.outlines.of(conversation)).tree.generations.get(reply);
  if (!generation) throw refusals.noReply();
  const stream = replyStream(conversation, reply);
  const before = await asked(store, stream, question);
  if (before?.part?.answer) return { option: before.part.answer.option ?? null };
  if (!before || before.ended || generation.end) throw refusals.ended();
  if (!before.part) throw refusals.noQuestion();
  if (!before.part.options.some(({ id }) => id === option)) throw refusals.notOffered();
  const fault = answerFault(before.part, option, values);
  if (fault) throw refusals.unfit(fault);
  const said = { question, option, ...(values && { values }) };
  await store.inputs.say(conversation, reply, { kind: 'answer', at: store.clock.tick(), ...said });
  await movement(store, stream, (items) => items.some((item) => isAnswer(item, question)), before.next);
  const after = await asked(store, stream, question);
  if (after?.part?.answer) return { option: after.part.answer.option ?? null };
  if (!after || after.ended) throw refusals.ended();
  throw noAnswer('answering', stream, undefined);
}

/** What the log says of a question; null when there is no log (any more). `part` is undefined when it was not asked. */
async function asked(
  { engine }: Pick<Store, 'engine'>,
  stream: string,
  question: string,
): Promise<{ part: QuestionPart | undefined; ended: boolean; next: Offset } | null> {
  try {
    const { items, next, closed } = await readAll(engine, stream, START);
    const { parts, end } = foldReply(emptyReply, readReply(items));
    const part = parts.find(
      (one): one is QuestionPart => one.kind === 'question' && 'id' in one && one.id === question,
    );
    return { part, ended: closed || end !== undefined, next };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isAnswer(item: unknown, question: string): boolean {
  const { whole } = (item ?? {}) as { whole?: Partial<QuestionPart> };
  return whole?.kind === 'question' && whole.id === question && whole.answer !== undefined;
}
