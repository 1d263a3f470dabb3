/**
 * What a model receives (tree rule 10): the chain of messages that ends with `tip`, and nothing else. Only the last system
 * prompt of the chain counts, and it goes in front (decision 0022). Reasoning goes back only to the model that wrote it; files and
 * tool parts stay as they are, adapters decide what they can carry. What is left out to fit a model's window: window.ts.
 */

import type { ModelRef } from '../tree/index.ts';
import { isReadFirst, sameModel } from '../tree/index.ts';
import type { Message } from './items.ts';

/**
 * @param items messages of the tip's branch stream in any order, repeats and strangers allowed
 * @param tip id of the last message the model is to see
 * @param model the model that will read it; without it all reasoning is left out
 * @returns the system prompt, then the messages from the first to the tip, without those that have no parts
 * @throws {Error} where the chain has a hole: a model must never be asked with the beginning silently missing
 */
export function contextOf(items: Iterable<Message>, tip: string, model?: ModelRef): readonly Message[] {
  const chain = chainTo(items, tip).map((message) => readableBy(message, model));
  // An empty prompt takes away those before it.
  const prompt = chain.findLast(isReadFirst);
  const said = chain.filter((message) => !isReadFirst(message));
  return [...(prompt ? [prompt] : []), ...said].filter((message) => message.parts.length > 0);
}

/**
 * The messages from the first of the conversation to `tip`, both included. Of messages with one id the first in `items` counts.
 * @param items messages in any order, repeats and strangers allowed
 * @throws {Error} where one of the chain is not among them, or the chain runs in a circle
 */
export function chainTo(items: Iterable<Message>, tip: string): readonly Message[] {
  const byId = new Map<string, Message>();
  for (const item of items) if (!byId.has(item.id)) byId.set(item.id, item);
  const chain: Message[] = [];
  for (let at: string | null = tip; at !== null; ) {
    const message = byId.get(at);
    if (!message) throw new Error(`The message ${at} is missing on the way to ${tip}.`);
    byId.delete(at);
    chain.push(message);
    at = message.parent;
  }
  return chain.reverse();
}

function readableBy(message: Message, model: ModelRef | undefined): Message {
  const { author } = message;
  const own = author.kind === 'model' && sameModel(author.model, model);
  if (own || !message.parts.some((part) => part.kind === 'reasoning')) return message;
  return { ...message, parts: message.parts.filter((part) => part.kind !== 'reasoning') };
}
