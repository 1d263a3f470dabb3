/** Whatever a stream holds, reading it never throws: a page whose fold throws stands still, and tries the same again for ever. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  agentPlan,
  childrenOf,
  emptyTree,
  foldOutline,
  foldTurns,
  followPath,
  forkable,
  latestOf,
  leafUnder,
  shownTree,
  sumOf,
  turnsOf,
  unanswered,
  versionsOf,
} from '../tree/index.ts';
import { contextOfChain } from './context/context.ts';
import { partForModel, partFound, partPlain, partPreview, partSays, partTokens } from './parts/index.ts';
import { foldChatFolders, noChatFolders, shownChatFolders } from './streams/chat-folders.ts';
import { foldConversations, listed, noConversations } from './streams/conversations.ts';
import { readChatFolders, readList, readPatches } from './streams/list-items.ts';
import { foldOffers, noOffers, optionsNow, readOffers } from './streams/offers.ts';
import { readMessages, readOutline, readReply } from './streams/read.ts';
import { emptyReply, foldReply, messageOf } from './streams/reply.ts';
import { previewOf, textOf } from './text.ts';

const FOLDER = 'src/protocol/recorded';
const recorded: readonly (readonly unknown[])[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => Object.values(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')).streams as object));

/** Values that JSON can hold and nobody expects. */
const odd = fc.oneof(
  fc.constantFrom(
    ...[
      null,
      '',
      '__proto__',
      'constructor',
      'toString',
      0,
      -1,
      0.5,
      1e308,
      Number.MAX_SAFE_INTEGER,
      true,
      [],
      {},
    ],
    ...[
      [null],
      { toString: 1, valueOf: 1 },
      { kind: 'text' },
      { kind: '__proto__' },
      '\ud800',
      '\u202e',
      'x'.repeat(5_000),
    ],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The same with something odd at one of its places. */
function withOdd(value: unknown, place: number, instead: unknown): unknown {
  let left = place;
  const walk = (at: unknown): unknown => {
    left -= 1;
    if (left < 0) return at;
    if (left === 0) return instead;
    if (Array.isArray(at)) return at.map(walk);
    if (typeof at !== 'object' || at === null) return at;
    return Object.fromEntries(Object.entries(at).map(([name, one]) => [name, walk(one)]));
  };
  return walk(value);
}

const hostile = fc
  .tuple(
    fc.constantFrom(...recorded),
    fc.array(fc.tuple(fc.nat(), fc.nat(60), odd), { minLength: 1, maxLength: 4 }),
  )
  .map(([items, changes]) => {
    const from = (changes[0]?.[0] ?? 0) % items.length;
    const changed: unknown[] = items.slice(from, from + 12);
    for (const [index, place, instead] of changes) {
      const at = index % changed.length;
      changed[at] = withOdd(changed[at], place, instead);
    }
    return changed;
  });

test('reading and folding', () => {
  fc.assert(
    fc.property(hostile, (items) => {
      const tree = foldOutline(emptyTree, readOutline(items));
      const shown = shownTree(tree);
      const turns = turnsOf(shown);
      foldTurns(turns, { path: new Set(followPath(shown, {})), selected: null });
      for (const root of turns.roots) sumOf(turns, root);
      latestOf(shown);
      leafUnder(shown, null);
      unanswered(shown);
      for (const id of tree.messages.keys()) {
        versionsOf(shown, id);
        forkable(shown, id);
        childrenOf(shown, id);
        followPath(shown, { selected: id });
        agentPlan(shown, {
          at: id,
          agent: 'a',
          abilities: { reopens: true, forks: true, cursors: true, forksAtMessages: true },
        });
      }
      listed(foldConversations(noConversations, readPatches(items)));
      readList(items);
      shownChatFolders(foldChatFolders(noChatFolders, readChatFolders(items)));
      for (const offer of foldOffers(noOffers, readOffers(items)).values()) optionsNow(offer);
    }),
    { numRuns: 300 },
  );
});

test('messages and replies, and what is said of their parts', () => {
  fc.assert(
    fc.property(hostile, (items) => {
      const messages = readMessages(items);
      const reply = foldReply(emptyReply, readReply(items));
      const written = reply.generation && reply.end ? messageOf(reply) : null;
      for (const { parts } of [...messages, ...(written ? [written] : []), reply]) {
        expect(typeof (textOf(parts) + previewOf(parts))).toBe('string');
        for (const part of parts) {
          for (const text of [partPlain(part), partPreview(part), partFound(part), partForModel(part)])
            expect(typeof text).toBe('string');
          partSays(part);
          expect(partTokens(part)).toBeGreaterThanOrEqual(0);
        }
      }
      contextOfChain(messages);
    }),
    { numRuns: 300 },
  );
});
