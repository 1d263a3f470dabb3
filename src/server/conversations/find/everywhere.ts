/** `find` in all conversations: what the words on disk name, with what the list says of its conversations. */

import type { EverywhereHit, EverywhereQuery, FoundEverywhere } from '../../../protocol/find/everywhere.ts';
import { Refusal } from '../../../protocol/index.ts';
import type { HiddenBranches } from '../../../protocol/requests/data.ts';
import { EngineError } from '../../engine/index.ts';
import { BrokenStore, ClosingStore, type StoredHit, type WordStore } from '../../word-index/index.ts';
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
  return answered({ feed, trouble }, async () => {
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
  });
}

/** How many branches are hidden, by conversation: counted when a conversation is read for its words, and so by what changed. */
export async function hiddenBranches(
  { list, trouble }: Pick<Store, 'list' | 'trouble'>,
  parts: EverywhereParts | undefined,
): Promise<HiddenBranches> {
  const { words, feed } = parts ?? {};
  if (!words || !feed) throw cannotFind();
  return answered({ feed, trouble }, async () => {
    const [entries, hidden] = await Promise.all([list.refresh(), words.hidden()]);
    const { progress } = feed;
    const living = hidden.flatMap(({ id, branches }) => {
      const header = entries.get(id)?.header;
      return header && !header.deleted ? [{ header, branches }] : [];
    });
    living.sort((a, b) => b.branches - a.branches || b.header.active - a.header.active);
    return {
      conversations: living.map(({ header: { id, title, archived }, branches }) => ({
        ...{ id, title: title.text, branches },
        ...(archived && { archived: true as const }),
      })),
      ...(progress && { reading: progress }),
    };
  });
}

/** @throws {Refusal} `cannot-find` where the projection fails; what is broken is made anew */
async function answered<T>(
  { feed, trouble }: Pick<EverywhereParts, 'feed'> & Pick<Store, 'trouble'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (!(error instanceof ClosingStore)) trouble(error);
    if (error instanceof BrokenStore) feed.again();
    throw cannotFind();
  }
}

const cannotFind = (): Refusal =>
  new Refusal(503, 'cannot-find', 'What was said cannot be looked through now. Try again in a moment.');

function hitOf({ conversation, message, standing, excerpt, marks }: StoredHit): EverywhereHit {
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
