/** Bringing what was said to another place, as a quote. */
import { Forward, NotebookPen, TextQuote } from 'lucide-react';
import { knownAuthor, plainOf, QUOTES_LIMIT, type Quote } from '../../../protocol/index.ts';
import { announce } from '../../stores/announce.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { ask } from '../../stores/errands.ts';
import { showThread } from '../../stores/panes.ts';
import { fromHere } from '../../stores/route.ts';
import { addQuotes, quotesFor } from '../../stores/writing/quotes.ts';
import type { Possible } from '../action.ts';
import * as strings from '../strings/bringing.ts';
import { canFork } from './fork.ts';
import { type MessageAction, type OnMessage, turnIn } from './on-message.ts';
import { isLive, isWordless } from './turn.ts';

/** The words, or those that are selected in it, into the message box at hand. */
export const quote: MessageAction = {
  id: 'quote',
  name: strings.quote,
  icon: TextQuote,
  keys: [{ key: 'q' }],
  group: 'write',
  where: ['menu', 'selection'],
  writes: true,
  several: true,
  when: canQuote,
  effect: () => strings.intoBox,
  run: async (on) => {
    const isHere = fromHere();
    bring(on.draft ?? on.page.view.id, await quotesOn(on));
    if (!isHere()) return;
    if (on.draft !== undefined) return ask('aside');
    if (!on.inThread) showThread();
    ask('composer');
  },
};

/** Into the message box of another chat. */
export const quoteInto: MessageAction = {
  id: 'quote-into',
  name: strings.quoteInto,
  icon: Forward,
  group: 'write',
  where: ['menu'],
  writes: true,
  several: true,
  when: canQuote,
  effect: () => strings.intoOther,
  run: async (on) => openDialog({ kind: 'quote-into', quotes: await quotesOn(on) }),
};

/** What was said up to a reply in a summary, to be quoted here or in another chat. */
export const quoteSummary: MessageAction = {
  id: 'quote-summary',
  name: strings.quoteSummary,
  icon: NotebookPen,
  group: 'write',
  where: ['menu'],
  writes: true,
  effect: () => strings.sumsUp,
  when: (on) => {
    const { reply } = turnIn(on);
    if (reply === null || isWordless(on.page.view.tree, reply)) return strings.summaryNeedsReply;
    return canFork({ ...on, message: reply });
  },
  run: (on) => openDialog({ kind: 'quote-summary', message: turnIn(on).reply as string }),
};

/** Words that are on the screen can be quoted while the rest still comes. */
export function canQuote({ page, messages, words }: OnMessage): Possible {
  const { tree } = page.view;
  if (words !== undefined) return true;
  const isWritten = (message: string) => tree.generations.has(message) && isLive(tree, message);
  if (messages.some(isWritten)) return strings.stillWritten;
  if (messages.length > QUOTES_LIMIT) return strings.tooMany(QUOTES_LIMIT);
  const isThere = (message: string) => tree.messages.has(message) || tree.generations.has(message);
  if (!messages.every(isThere)) return false;
  return messages.every((message) => tree.messages.has(message)) || strings.nothingToQuote;
}

/** Adds quotes to what is being written under `draft`, and says so. Throws where there are too many. */
export function bring(draft: string, quotes: readonly Quote[]): void {
  if (quotesFor(draft).length + quotes.length > QUOTES_LIMIT) throw new Error(strings.tooMany(QUOTES_LIMIT));
  addQuotes(draft, quotes);
  announce(strings.quoted(quotes.length));
}

/** What is done something with, as quotes: the whole of each, or of one the words that are selected in it. */
export async function quotesOn({ page, messages, words }: OnMessage): Promise<readonly Quote[]> {
  const quotes = await Promise.all(messages.map((message) => quoteFrom(page, message, words)));
  const said = quotes.filter(({ text }) => text !== '');
  if (said.length === 0) throw new Error(strings.nothingToQuote);
  return said;
}

async function quoteFrom(
  { client, view }: OnMessage['page'],
  message: string,
  words?: string,
): Promise<Quote> {
  const { messages, generations } = view.tree.whole ?? view.tree;
  const generation = generations.get(message);
  const model = generation && { kind: 'model' as const, model: generation.model, name: generation.name };
  const author = messages.get(message)?.author ?? model ?? { kind: 'user' as const };
  const text = words ?? plainOf((await client.read(view.id, message)).parts).trim();
  return { of: { conversation: view.id, message }, author: knownAuthor(author), text };
}
