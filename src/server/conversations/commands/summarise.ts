/** `summarise`: a summary after a message, for what a model reads from there on (docs/protocol.md, "Kinds of forks"). */
import {
  type CommandInput,
  type CommandOutput,
  contextOfChain,
  type Message,
  VERSION,
} from '../../../protocol/index.ts';
import { type Author, coveredBy, isReadFirst, isSummary, pathTo, type Tree } from '../../../tree/index.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import { readTo } from '../reply/context.ts';
import { bringBack } from './mark.ts';
import { isForked, type SaidMessage, say } from './say-message.ts';

type SummariseCommand = CommandInput<'summarise'>;

export async function summarise(store: Store, input: SummariseCommand): Promise<CommandOutput<'summarise'>> {
  const { conversation, message: id, after, model, ...words } = input;
  const author = await authorOf(store, model);
  return store.queue.run(conversation, async () => {
    await store.list.living(conversation);
    const outline = await store.outlines.of(conversation);
    const { header } = await saySummary(store, outline, { id, after, author, ...words });
    await bringBack(store, outline, after);
    await store.list.patch(conversation, { active: header.time });
    return { message: id, branch: header.branch, forked: isForked(outline.tree, header) };
  });
}

interface SummaryToSay extends Pick<SummariseCommand, 'after' | 'text' | 'keep' | 'usage'> {
  readonly id: string;
  readonly author: Author;
  readonly unasked?: boolean;
}

/** Idempotent by its id. Throws Refusal before anything is written, EngineError. */
export function saySummary(store: Store, outline: Outline, summary: SummaryToSay): Promise<SaidMessage> {
  const { id, after } = summary;
  const { time: _, ...first } = summaryMessage(outline.tree, { ...summary, time: 0 });
  return say(store, outline, {
    ...{ id, parent: after, draft: () => ({ ...first, time: store.clock.tick() }) },
    isKnown: (known) => isSummary(known) && known.parent === after,
  });
}

/** As it is said after `after`. Throws Refusal. */
export function summaryMessage(
  tree: Tree,
  { id, after, author, text, keep, usage, unasked, time }: SummaryToSay & { readonly time: number },
): Message {
  const { prompt, ...covers } = coveredTo(tree, after, keep);
  const part = { kind: 'summary' as const, text, covers, keep, prompt, ...(unasked && { unasked }) };
  return {
    ...{ v: VERSION, kind: 'message', id, parent: after, role: 'assistant', author, parts: [part] },
    ...{ origin: { kind: 'summary' }, time },
    ...(usage && { usage }),
  };
}

/** Throws Refusal: it would stand for nothing, or not follow a reply. */
function coveredTo(tree: Tree, after: string, keep: number) {
  const header = tree.messages.get(after);
  const generation = tree.generations.get(after);
  if (!header) throw generation && !generation.end ? refusals.stillWriting() : refusals.noParent();
  // Under a question it would stand among the replies to it.
  if (header.role === 'user') throw refusals.notSummarised();
  const chain = pathTo(tree, after).flatMap((id) => tree.messages.get(id) ?? []);
  const covers = coveredBy(chain, keep);
  if (!covers) throw refusals.nothingToSummarise();
  return { ...covers, prompt: chain.findLast(isReadFirst)?.id ?? null };
}

export interface WordsCovered extends Pick<SummariseCommand, 'conversation' | 'after' | 'keep'> {
  /** A message on the way to `after`: only what follows it. Default: all. */
  readonly since?: string;
}

/** What a summary after `after` would stand for, as a model reads it, prompts left out: they stay in front. Throws Refusal, EngineError. */
export async function covered(
  store: Store,
  { conversation, after, keep, since }: WordsCovered,
): Promise<readonly Message[]> {
  await store.list.living(conversation);
  const { tree } = await store.outlines.of(conversation);
  const { to } = coveredTo(tree, after, keep);
  const above = since === undefined ? [] : pathTo(tree, since);
  if (since !== undefined && !pathTo(tree, after).includes(since)) throw refusals.notOnTheWay();
  const branch = tree.messages.get(to)?.branch ?? '';
  const chain = await readTo(store, { conversation, tree, branch, tip: to });
  return contextOfChain(chain).filter((message) => !isReadFirst(message) && !above.includes(message.id));
}

/** Whose words they are: a person's, where no model is named. */
async function authorOf(store: Store, model: SummariseCommand['model']): Promise<Author> {
  if (!model) return { kind: 'user' };
  const named = await store.describe(model);
  return { kind: 'model', model, name: named?.name ?? model.id, ...(named?.demo && { demo: true }) };
}
