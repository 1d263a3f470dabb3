/**
 * What a model receives (tree rule 10): the chain of messages that ends with `tip`, and nothing else. Only the last system
 * prompt of the chain counts, and it goes in front (decision 0022). Of summaries the last counts, in place of what it stands for.
 * Reasoning goes back only to the model that wrote it; files and tool parts stay as they are, adapters decide what they can carry. What
 * is left out to fit a model's window: window.ts.
 */

import type { ModelRef } from '../../tree/index.ts';
import { isReadFirst, isSummary, lastTurns, sameModel } from '../../tree/index.ts';
import type { SummaryPart } from '../parts/index.ts';
import type { Message } from '../streams/items.ts';

/** Messages in any order, repeats and strangers allowed (of those with one id the first counts), or the way to find one by its id. */
export type MessageSource = Iterable<Message> | ((id: string) => Message | undefined);

/**
 * @param messages of the tip's branch stream
 * @param tip id of the last message the model is to see
 * @param model the model that will read it; without it all reasoning is left out
 * @returns the system prompt, then the messages from the first to the tip, or the last summary and what is read beside it, without
 * those that have no parts
 * @throws {Error} where the chain has a hole: a model must never be asked with the beginning silently missing
 */
export function contextOf(messages: MessageSource, tip: string, model?: ModelRef): readonly Message[] {
  return contextOfChain(chainTo(messages, tip), model);
}

/** The same of a chain, root first. Of what a summary in it stands for nothing is needed but the last system prompt. */
export function contextOfChain(chain: readonly Message[], model?: ModelRef): readonly Message[] {
  const messages = chain.map((message) => readableBy(message, model));
  // An empty prompt takes away those before it.
  const prompt = messages.findLast(isReadFirst);
  const said = belowSummary(messages.filter((message) => !isReadFirst(message)));
  return [...(prompt ? [prompt] : []), ...said].filter((message) => message.parts.length > 0);
}

/** From the last summary on: it, the turns it keeps, what came after. */
function belowSummary(said: readonly Message[]): readonly Message[] {
  const at = said.findLastIndex((message) => summaryIn(message) !== undefined);
  const message = said[at];
  const summary = message && summaryIn(message);
  if (!summary) return said;
  const kept = said.slice(lastTurns(said, at, summary.keep), at).filter((one) => !summaryIn(one));
  return [asRead(message, summary), ...kept.map(uncounted), ...said.slice(at + 1)];
}

/** The same for a reply whose model is told something beside the question. */
export function withInstruction(
  messages: readonly Message[],
  instruction: string | undefined,
): readonly Message[] {
  const last = messages.at(-1);
  if (instruction === undefined || !last) return messages;
  const told = { kind: 'text' as const, text: `\n\n[For this answer: ${instruction}]` };
  return [...messages.slice(0, -1), { ...last, parts: [...last.parts, told] }];
}

/** What a message that is a summary says; undefined for others, and for one that cannot be read, which stands for nothing. */
function summaryIn(message: Message): SummaryPart | undefined {
  if (!isSummary(message)) return undefined;
  const part = message.parts.find((one): one is SummaryPart => one.kind === 'summary');
  return part && part.text.trim() !== '' ? part : undefined;
}

/** Said to the model as by a person: some providers refuse a context that begins with a reply, and none of its words are the model's. */
const asRead = (message: Message, summary: SummaryPart): Message => ({
  ...uncounted(message),
  role: 'user',
  parts: [summary],
});

/** What its provider counted was the context before the summary. */
function uncounted(message: Message): Message {
  const { usage, ...said } = message;
  return usage ? said : message;
}

/**
 * The messages from the first of the conversation to `tip`, both included. Where they are found by id it costs what the chain is long.
 * @throws {Error} where one of the chain is not among them, or the chain runs in a circle
 */
export function chainTo(messages: MessageSource, tip: string): readonly Message[] {
  const messageOf = typeof messages === 'function' ? messages : byIdOf(messages);
  const met = new Set<string>();
  const chain: Message[] = [];
  for (let at: string | null = tip; at !== null; ) {
    const message: Message | undefined = met.has(at) ? undefined : messageOf(at);
    if (!message) throw new Error(`The message ${at} is missing on the way to ${tip}.`);
    met.add(at);
    chain.push(message);
    at = message.parent;
  }
  return chain.reverse();
}

function byIdOf(messages: Iterable<Message>): (id: string) => Message | undefined {
  const byId = new Map<string, Message>();
  for (const message of messages) if (!byId.has(message.id)) byId.set(message.id, message);
  return (id) => byId.get(id);
}

function readableBy(message: Message, model: ModelRef | undefined): Message {
  const { author } = message;
  const own = author.kind === 'model' && sameModel(author.model, model);
  if (own || !message.parts.some((part) => part.kind === 'reasoning')) return message;
  return { ...message, parts: message.parts.filter((part) => part.kind !== 'reasoning') };
}
