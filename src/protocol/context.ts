/**
 * What a model receives (tree rule 10): the chain from the root to `tip`, anything off that chain ignored. Of its system
 * prompts the last alone, in front (decision 0022). Reasoning goes back only to the model that wrote it; files and tool
 * parts stay as they are, adapters decide what they can carry.
 */

import type { ModelRef } from '../tree/index.ts';
import { isReadFirst, sameModel } from '../tree/index.ts';
import type { Message } from './items.ts';

/**
 * @param items messages of the tip's branch stream in any order, repeats and strangers allowed
 * @param tip id of the last message the model shall see
 * @param model the model that will read it; without it all reasoning is left out
 * @returns the system prompt, then messages from the root to the tip, without the replies' empty remains. Throws if the chain has a hole: a model
 *   must never be asked with the beginning silently missing.
 */
export function contextOf(items: Iterable<Message>, tip: string, model?: ModelRef): readonly Message[] {
  const byId = new Map<string, Message>();
  for (const item of items) if (!byId.has(item.id)) byId.set(item.id, item);
  const chain: Message[] = [];
  let at: string | null = tip;
  while (at !== null) {
    const message = byId.get(at);
    if (!message) throw new Error(`The message ${at} is missing from the context.`);
    byId.delete(at);
    chain.push(readableBy(message, model));
    at = message.parent;
  }
  // From the tip, so the first is the last said. Empty, it takes the ones before it away.
  const prompt = chain.find(isReadFirst);
  const said = chain.filter((message) => !isReadFirst(message)).reverse();
  return [...(prompt ? [prompt] : []), ...said].filter((message) => message.parts.length > 0);
}

function readableBy(message: Message, model: ModelRef | undefined): Message {
  const { author } = message;
  const own = author.kind === 'model' && sameModel(author.model, model);
  if (own || !message.parts.some((part) => part.kind === 'reasoning')) return message;
  return { ...message, parts: message.parts.filter((part) => part.kind !== 'reasoning') };
}
