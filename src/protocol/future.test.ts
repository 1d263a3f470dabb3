/** Whatever a later version adds, and wherever: what this one knows is read as before, and what it does not is still there when it writes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyTree, foldOutline, treeSnapshot } from '../tree/index.ts';
import { contextOf } from './context/context.ts';
import { partForModel, partTokens } from './parts/index.ts';
import { type Message, outlineItemOf } from './streams/items.ts';
import { readMessages, readOutline, readReply } from './streams/read.ts';
import { emptyReply, foldReply, messageOf } from './streams/reply.ts';
import { plainOf, previewOf, textOf } from './text.ts';

type Json = { [field: string]: unknown };

/** Any JSON; every value that a later version says holds a mark by which it is known again. */
const marked = fc
  .tuple(fc.uuid(), fc.jsonValue({ maxDepth: 2 }))
  .map(([mark, value]) => JSON.parse(JSON.stringify({ mark, value })) as Json);
const word = fc.constantFrom(
  'plan',
  'agent',
  'merge',
  'handed-over',
  'critic',
  'Two words',
  '__proto__',
  'constructor',
);
/** A field no version has; one is even called as something every object has. */
const field = fc.constantFrom('mood', 'by', 'toString', 'of2');

/** How a later version would say `said`: with more fields, and other words where only words are known. */
const later = (said: Json, words: readonly string[] = []): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.option(fc.tuple(field, marked)), fc.option(fc.constantFrom(...words, '')), word)
    .map(([more, which, other]) => ({
      ...said,
      ...(more && { [more[0]]: more[1] }),
      ...(which && { [which]: other }),
    }));

const laterPart = fc.oneof(
  fc.tuple(word, marked).map(([kind, more]) => ({ kind, ...more }) as Json),
  marked.map((text) => ({ kind: 'text', text }) as Json),
  marked.map((more) => more),
);
const text = (words: string): Json => ({ kind: 'text', text: words });

/** Messages of one line with text of their own; parts of later versions stand anywhere among theirs. */
const line = fc
  .array(fc.record({ parts: fc.array(laterPart, { maxLength: 2 }), at: fc.nat(2) }), {
    minLength: 1,
    maxLength: 5,
  })
  .chain((plan) =>
    fc.tuple(
      ...plan.map(({ parts, at }, n) =>
        fc
          .tuple(
            later({ kind: 'user' }),
            later({ kind: 'send' }, ['kind']),
            later({ reason: 'complete', at: 1 }, ['reason']),
          )
          .chain(([author, origin, finish]) =>
            later(
              {
                ...{ v: 1, kind: 'message', id: `message-${n}`, parent: n === 0 ? null : `message-${n - 1}` },
                ...{ role: 'user', author, origin, finish, time: n },
                parts: parts.toSpliced(Math.min(at, parts.length), 0, text(`words ${n}`)),
              },
              ['role'],
            ),
          ),
      ),
    ),
  );

/** Any place between the items. */
const among = <T>(items: readonly T[], others: readonly (readonly [number, Json])[]): (T | Json)[] =>
  others.reduce<(T | Json)[]>(
    (all, [at, other]) => all.toSpliced(at % (all.length + 1), 0, other),
    [...items],
  );
const others = fc.array(
  fc.tuple(
    fc.nat(9),
    fc.tuple(word, marked).map(([kind, more]) => ({ v: 1, kind, ...more }) as Json),
  ),
  { maxLength: 3 },
);

const marksIn = (value: unknown): string[] => JSON.stringify(value).match(/"mark":"[^"]*"/g) ?? [];
const keepsAll = (after: unknown, before: unknown) =>
  expect(marksIn(after)).toEqual(expect.arrayContaining(marksIn(before)));

it('no message is lost for anything in it, nor what stands in it, nor a conversation for a message', () => {
  fc.assert(
    fc.property(line, others, (messages, aside) => {
      const read = readMessages(among(messages, aside));
      expect(read.map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
      for (const [n, message] of read.entries()) {
        expect(textOf(message.parts)).toContain(`words ${n}`);
        expect(plainOf(message.parts)).toContain(`words ${n}`);
        expect(previewOf(message.parts)).toBe(`words ${n}`);
        for (const part of message.parts) {
          expect(partForModel(part)).toEqual(expect.any(String));
          expect(partTokens(part)).toBeGreaterThanOrEqual(0);
        }
      }
      keepsAll(read, messages);
      // As copying and settling do.
      keepsAll(readMessages(JSON.parse(JSON.stringify(read.map((message) => ({ ...message }))))), messages);
      expect(contextOf(read, `message-${messages.length - 1}`)).toHaveLength(messages.length);
    }),
  );
});

it('an outline with anything in it is the tree it was, and its snapshot says all of it', () => {
  fc.assert(
    fc.property(line, others, (messages, aside) => {
      const headers = messages.map(({ v, kind, parts, ...said }, n) => ({
        ...{ v, kind },
        message: { ...said, preview: `words ${n}`, branch: 'branch-1', start: `0_${n}`, end: `0_${n + 1}` },
      }));
      const items = among(headers, aside);
      const tree = foldOutline(emptyTree, readOutline(items));
      expect([...tree.messages.keys()].sort()).toEqual(messages.map(({ id }) => id).sort());
      for (const message of tree.messages.values())
        if (message.parent !== null) expect(tree.children.get(message.parent)).toContain(message.id);
      const snapshot = treeSnapshot(tree).map(outlineItemOf);
      keepsAll(snapshot, items);
      expect(foldOutline(emptyTree, readOutline(JSON.parse(JSON.stringify(snapshot))))).toEqual(tree);
      expect(foldOutline(tree, readOutline(items))).toBe(tree);
    }),
  );
});

const saying = fc.oneof(
  fc
    .string({ minLength: 1, maxLength: 3 })
    .map((words) => ({ kind: 'delta', of: 'text', text: words }) as Json),
  fc.tuple(word, marked).map(([kind, more]) => ({ kind: 'part', whole: { kind, ...more } }) as Json),
  fc.tuple(word, marked).map(([kind, more]) => ({ kind, ...more }) as Json),
  fc
    .tuple(fc.constantFrom('title', 'kind', '__proto__'), word)
    .map(([of, more]) => ({ kind: 'delta', of, text: more }) as Json),
);

it('a reply settles with its words and all else of its log, each in its place', () => {
  const parts = fc.array(fc.tuple(fc.array(saying, { maxLength: 2 }), fc.string({ minLength: 1 })), {
    maxLength: 4,
  });
  const generation = {
    ...{ id: 'reply-01', parent: 'message1', branch: 'branch-1', at: '0_1', name: 'Demo', started: 1 },
    ...{ model: { source: 'demo', id: 'demo' }, origin: { kind: 'send' } },
  };
  fc.assert(
    fc.property(
      parts,
      later(generation),
      later({ reason: 'complete', at: 2 }, ['reason']),
      (plan, begun, end) => {
        // Each part of a later version is followed by one of text.
        const said = plan.flatMap(([odd, words], n) => [
          ...odd.filter(({ of }) => of !== 'text').map((item) => ({ ...item, part: 2 * n })),
          ...[words, '.'].map((more) => ({ kind: 'delta', of: 'text', text: more, part: 2 * n + 1 })),
        ]);
        const items = [{ kind: 'start', generation: begun }, ...said, { kind: 'end', end }];
        const log = items.map((item, seq) => ({ v: 1, seq, ...item }));
        const reply = foldReply(emptyReply, readReply(log));
        expect(foldReply(reply, readReply(log))).toBe(reply);
        const batches = log.reduce((grown, item) => foldReply(grown, readReply([item])), emptyReply);
        expect(batches).toEqual(reply);
        const message = messageOf(reply) as Message;
        if (plan.length === 0) return void expect(message).toBeNull();
        expect(textOf(message.parts)).toBe(plan.map(([, words]) => `${words}.`).join(''));
        const stays = said.filter(
          ({ part }, at) => !said.slice(at + 1).some((later) => later.part === part && 'whole' in later),
        );
        keepsAll(message, [begun, end, ...stays]);
      },
    ),
  );
});
