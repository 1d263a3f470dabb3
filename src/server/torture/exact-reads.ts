/**
 * Items of branches one by one, over an engine that cuts its pages itself (decision 0014): where one ends that others follow, the
 * outline knows, and is believed if what is read from there is the rest of the page.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Message, parseStream } from '../../protocol/index.ts';
import { trueTree } from '../conversations/simulation/truth.ts';
import type { Engine, Offset } from '../engine/index.ts';

type Reads = Pick<Engine, 'read' | 'head'>;

/** Throws where the outline does not know where an item ends, or is wrong. */
export function exactReads(reads: Reads): Reads {
  const ends = endsIn(reads);
  return {
    head: (stream) => reads.head(stream),
    async read(stream, from, options = {}) {
      const page = await reads.read(stream, from, options);
      const [first, ...rest] = page.items as Message[];
      const name = parseStream(stream);
      if (options.maxItems !== 1 || !first || rest.length === 0 || name?.kind !== 'branch') return page;
      const next = await ends(name.conversation, first.id);
      if (next === undefined) throw new Error(`${stream}: ${first.id} is not indexed, and others follow it`);
      const { items } = await reads.read(stream, next);
      if (!isDeepStrictEqual(items.slice(0, rest.length), rest))
        throw new Error(`${stream}: ${first.id} does not end at ${next}`);
      return { items: [first], next, upToDate: false, closed: false };
    },
  };
}

/** What cannot be read as it must be is a violation too. */
export const unreadable = (error: unknown): string[] => [String(error)];

/** Ends of messages by conversation and id; an outline is read again for a message it did not know. */
function endsIn(reads: Reads): (conversation: string, id: string) => Promise<Offset | undefined> {
  const known = new Map<string, ReadonlyMap<string, { readonly end: Offset }>>();
  return async (conversation, id) => {
    if (!known.get(conversation)?.has(id))
      known.set(conversation, (await trueTree({ memory: reads }, conversation)).messages);
    return known.get(conversation)?.get(id)?.end;
  };
}
