/** One to eight replies to one message: `replies` of `send`, `edit` and `regenerate` (docs/protocol.md, "Kinds of forks"). */
import { type CommandInput, Refusal } from '../../../protocol/index.ts';
import type { MessageHeader, Origin, Tree } from '../../../tree/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { type AskedReply, announceReply, knownReply, startReply } from '../reply/generations.ts';
import { type AskingWish, askingOf, type Question } from './how-to-ask.ts';

type Wish = Pick<CommandInput<'edit'>, 'reply' | 'model' | 'replies' | keyof AskingWish>;
export type WantedReply = AskingWish & Pick<AskedReply, 'id' | 'named'>;

/** What is asked for, in whichever form, with what each model calls itself; none where no reply is. */
export function wantedReplies(store: Store, input: Wish): Promise<readonly WantedReply[]> {
  const { reply, model, replies, temperature, overflow, folder, anew, copies } = input;
  const single = reply !== undefined && model ? [{ id: reply, model }] : [];
  const wish = { temperature, overflow, folder, anew, copies };
  return Promise.all(
    (replies ?? single).map(async (one) => ({ ...wish, ...one, named: await store.describe(one.model) })),
  );
}

/**
 * How each of them is to be asked under `parent`, before anything is written: one that cannot be asked refuses all. Those that were asked
 * for before are left as they are. Throws Refusal, with which of several it is in `facts.reply` (from 0), EngineError.
 */
export async function askedReplies(
  store: Store,
  parent: string,
  wanted: readonly WantedReply[],
  question: Omit<Question, 'wish' | 'named'>,
  originOf: (index: number) => Origin,
): Promise<readonly AskedReply[]> {
  const asked: AskedReply[] = [];
  for (const [index, { id, named, ...wish }] of wanted.entries()) {
    const isNew = knownReply(question.tree, parent, id) === undefined;
    const ask = async () => {
      // Of a single one the caller says so itself, in the order it always did.
      if (wanted.length > 1 && !named) throw refusals.unknownModel();
      const tree = withAsked(question, asked);
      return askingOf(store, { ...question, tree, wish, named, reply: id });
    };
    const asking = isNew ? await ask().catch((error) => rethrow(error, wanted.length > 1, index)) : {};
    asked.push({ id, model: wish.model, named, origin: originOf(index), asking });
  }
  return asked;
}

/** The tree as it will be for the next: an agent's session that one of `asked` goes on in is not there for another. */
function withAsked({ tree, after }: Pick<Question, 'tree' | 'after'>, asked: readonly AskedReply[]): Tree {
  const agents = asked.filter(({ id, named }) => named?.agent && !tree.generations.has(id));
  if (!after || agents.length === 0) return tree;
  const { id: parent, branch } = after;
  const taken = agents.map(({ id, model, origin, asking }) => {
    const generation = { id, parent, branch, at: '', model, name: model.id, origin, started: 0, ...asking };
    return [id, generation] as const;
  });
  return { ...tree, generations: new Map([...tree.generations, ...taken]) };
}

function rethrow(error: unknown, isOneOfSeveral: boolean, reply: number): never {
  if (!(error instanceof Refusal) || !isOneOfSeveral) throw error;
  throw new Refusal(error.status, error.code, error.message, { ...error.facts, reply });
}

/** Asks for them one by one. What was asked for before is only started. Throws Refusal, EngineError. */
export async function askOthers(
  store: Store,
  outline: Outline,
  parent: MessageHeader,
  others: readonly AskedReply[],
): Promise<void> {
  for (const asked of others) {
    const known = knownReply(outline.tree, parent.id, asked.id);
    const generation = known ?? (await announceReply(store, outline, parent, asked));
    await startReply(store, outline, generation, { active: generation.started });
  }
}
