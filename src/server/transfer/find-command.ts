/** `bough find WORDS`: what was said in all conversations, from a Bough that runs on this folder, else from one started for that alone. */

import { setTimeout } from 'node:timers/promises';
import {
  type EverywhereHit,
  everywhereParams,
  everywhereSchema,
  type FoundEverywhere,
} from '../../protocol/find/everywhere.ts';
import { FIND_PATH } from '../../protocol/find/find.ts';
import { dateOf } from '../../protocol/reading/date-of.ts';
import { commandName } from '../command-name.ts';
import { FolderError } from '../engine/embedded/folder-error.ts';
import { settingsOfProcess } from '../process-settings.ts';
import { runningAt } from '../running-file.ts';
import { type Ask, CannotTransfer, type TransferAround, withBough } from './with-bough.ts';

/** Settings and token (`BOUGH_TOKEN`) from the environment. @returns the exit code */
export async function runFind(words: readonly string[]): Promise<number> {
  const parsed = settingsOfProcess();
  if (!parsed.ok) {
    for (const line of parsed.errors) console.error(line);
    return 2;
  }
  const around = { settings: parsed.settings, cwd: process.cwd(), token: process.env.BOUGH_TOKEN };
  return findSaid(words, { ...around, say: (line) => console.log(line) });
}

/** @returns 0: something was found; 1: nothing, or it cannot be looked for; 2: it was not understood */
export async function findSaid(words: readonly string[], around: TransferAround): Promise<number> {
  const [unknown] = words.filter((word) => /^--\w/.test(word));
  if (words.length === 0 || unknown !== undefined) {
    const why =
      unknown === undefined ? '“find” takes the words to look for.' : `“find” does not take ${unknown}.`;
    around.say(`${why} ${commandName('find --help')} says more.`);
    return 2;
  }
  try {
    const url = (await runningAt(around.settings.data)) ?? '';
    return await withBough(around, async (ask) =>
      tell(await findWhole(ask, words.join(' ')), url, around.say),
    );
  } catch (error) {
    if (!(error instanceof FolderError || error instanceof CannotTransfer)) throw error;
    around.say(error.message);
    return 1;
  }
}

/** Hits that are listed at most. */
const MOST = 200;

/** Waits until all conversations are read, and looks on until there are enough. */
async function findWhole(ask: Ask, words: string): Promise<FoundEverywhere> {
  let found: FoundEverywhere = { hits: [], conversations: [] };
  let from: string | undefined;
  do {
    const answer = await ask(`${FIND_PATH}?${everywhereParams({ words, from })}`);
    const page = everywhereSchema.parse(await answer.json());
    if (page.reading) {
      await setTimeout(300);
      continue;
    }
    const hits = [...found.hits, ...page.hits];
    found = { ...page, hits, conversations: [...found.conversations, ...page.conversations] };
    from = page.next;
    if (from === undefined) return found;
  } while (found.hits.length < MOST);
  return found;
}

function tell(
  { hits, conversations, next }: FoundEverywhere,
  url: string,
  say: (line: string) => void,
): number {
  const titles = new Map(conversations.map(({ id, title }) => [id, title]));
  for (const hit of hits) {
    say(`${titles.get(hit.conversation) || 'Untitled'} (${whoAndWhen(hit)})`);
    say(`  ${printable(hit.excerpt)}`);
    say(`  ${url}/c/${hit.conversation}?m=${hit.id}`);
  }
  if (hits.length === 0) say('Nothing found.');
  if (next !== undefined) say('There is more. Use more words, or the page “Find in all chats”.');
  return hits.length > 0 ? 0 : 1;
}

function whoAndWhen({ author, role, time }: EverywhereHit): string {
  const who = author ?? (role === 'system' ? 'system prompt' : 'you');
  return `${printable(who)}, ${dateOf(time).toISOString().slice(0, 16).replace('T', ' ')}`;
}

/** Models and others wrote it: nothing in it is for the terminal. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
