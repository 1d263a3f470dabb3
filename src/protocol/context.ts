/**
 * What a model receives (tree rule 10): the chain of messages that ends with `tip`, and nothing else. Only the last system
 * prompt of the chain counts, and it goes in front (decision 0022). Reasoning goes back only to the model that wrote it; files and
 * tool parts stay as they are, adapters decide what they can carry. What is left out to fit a model's window: window.ts.
 */

import type { ModelRef } from '../tree/index.ts';
import { isReadFirst, sameModel } from '../tree/index.ts';
import type { Message } from './items.ts';

/** Messages in any order, repeats and strangers allowed (of those with one id the first counts), or the way to find one by its id. */
export type MessageSource = Iterable<Message> | ((id: string) => Message | undefined);

/**
 * @param messages of the tip's branch stream
 * @param tip id of the last message the model is to see
 * @param model the model that will read it; without it all reasoning is left out
 * @returns the system prompt, then the messages from the first to the tip, without those that have no parts
 * @throws {Error} where the chain has a hole: a model must never be asked with the beginning silently missing
 */
export function contextOf(messages: MessageSource, tip: string, model?: ModelRef): readonly Message[] {
  const chain = chainTo(messages, tip).map((message) => readableBy(message, model));
  // An empty prompt takes away those before it.
  const prompt = chain.findLast(isReadFirst);
  const said = chain.filter((message) => !isReadFirst(message));
  return [...(prompt ? [prompt] : []), ...said].filter((message) => message.parts.length > 0);
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
