/** `find` in all conversations: what the words on disk name, with what the list says of its conversations. */
import type { EverywhereHit, EverywhereQuery, FoundEverywhere } from '../../../protocol/find-everywhere.ts';
import { Refusal } from '../../../protocol/index.ts';
import { EngineError } from '../../engine/index.ts';
import { BrokenStore, ClosingStore, type KeptHit, type WordStore } from '../../everywhere/index.ts';
import type { Store } from '../index/store.ts';
import type { Feed } from './feed.ts';

export interface EverywhereParts {
  readonly words: WordStore;
  readonly feed: Feed;
}

/** Throws Refusal `cannot-find`, EngineError. @param choices what can be chosen is asked for too */
export async function findEverywhere(
  { list, trouble }: Pick<Store, 'list' | 'trouble'>,
  parts: EverywhereParts | undefined,
  query: EverywhereQuery,
  choices: boolean,
): Promise<FoundEverywhere> {
  if (!parts) throw cannotFind();
  const { words, feed } = parts;
  try {
    const [entries, answer, chosen] = await Promise.all([
      list.refresh(),
      words.find(query),
      choices ? words.choices() : undefined,
    ]);
    // What was deleted a moment ago may not have been taken out yet.
    const living = answer.hits.filter(
      ({ conversation }) => entries.get(conversation)?.header.deleted === false,
    );
    const { progress } = feed;
    return {
      hits: living.map(hitOf),
      conversations: [...new Set(living.map(({ conversation }) => conversation))].flatMap((id) => {
        const header = entries.get(id)?.header;
        return header
          ? [{ id, title: header.title.text, ...(header.archived && { archived: true as const }) }]
          : [];
      }),
      ...(answer.next !== undefined && { next: answer.next }),
      ...(progress && { reading: progress }),
      ...(chosen && { choices: { models: [...chosen.models], labels: [...chosen.labels] } }),
    };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (!(error instanceof ClosingStore)) trouble(error);
    if (error instanceof BrokenStore) feed.again();
    throw cannotFind();
  }
}

const cannotFind = (): Refusal =>
  new Refusal(503, 'cannot-find', 'What was said cannot be looked through now. Try again in a moment.');

function hitOf({ conversation, message, standing, excerpt, marks }: KeptHit): EverywhereHit {
  const { id, role, author, time, branch } = message;
  const { pruned, aside, star, labels } = standing;
  return {
    ...{ conversation, id, excerpt, marks, role, time },
    ...(author !== '' && { author }),
    ...(branch !== '' && { branch }),
    ...(labels.length > 0 && { labels: [...labels] }),
    ...(pruned && { pruned: true as const }),
    ...(aside && { aside: true as const }),
    ...(star && { star: true as const }),
  };
}
