import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItems } from '../fields.ts';
import { foldConversations, isNewInList, listed, noConversations } from './conversations.ts';
import { type ConversationPatch, conversationPatchSchema } from './list-items.ts';
import { listSnapshot } from './snapshot.ts';

const patch = (fields: Partial<ConversationPatch>): ConversationPatch => ({
  v: 1,
  kind: 'conversation',
  id: 'conv-001',
  at: 1,
  ...fields,
});

const fold = (...patches: ConversationPatch[]) => foldConversations(noConversations, patches);
const header = (...patches: ConversationPatch[]) => fold(...patches).get('conv-001')?.header;

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
type Fields = { readonly [K in Exclude<keyof ConversationPatch, 'v' | 'kind'>]-?: fc.Arbitrary<unknown> };
/** One entry for each field: a new one has to be made here, and so has to survive a snapshot. */
const anyPatch = fc
  .record({
    id: fc.constantFrom('conv-001', 'conv-002'),
    at: fc.nat(4),
    created: some(fc.nat(4)),
    active: some(fc.nat(4)),
    title: some(
      fc.record({ text: fc.constantFrom('', 'a', 'b'), by: fc.constantFrom('words', 'model', 'person') }),
    ),
    archived: some(fc.boolean()),
    model: some(fc.constantFrom(null, { source: 's', id: 'a' }, { source: 's', id: 'b' })),
    temperature: some(fc.constantFrom(null, 0, 0.7, 1)),
    overflow: some(fc.constantFrom(null, 'drop-oldest')),
    folder: some(fc.constantFrom(null, '/a', '/b')),
    anew: some(fc.constantFrom(null, true, false)),
    copies: some(fc.constantFrom(null, true, false)),
    pinned: some(fc.boolean()),
    filed: some(fc.constantFrom(null, 'chat-folder-1', 'chat-folder-2')),
    deleted: some(fc.boolean()),
    asking: some(fc.dictionary(fc.constantFrom('reply-r1', 'reply-r2'), fc.boolean())),
    generations: some(
      fc.dictionary(fc.constantFrom('reply-r1', 'reply-r2'), fc.constantFrom('open', 'ended')),
    ),
  } satisfies Fields)
  .map(
    (fields) => JSON.parse(JSON.stringify(patch(fields as Partial<ConversationPatch>))) as ConversationPatch,
  );

const patches = fc.array(anyPatch, { maxLength: 10 });

describe('the fold of conversations', () => {
  it('gives equal headers for any order and any repetition', () => {
    const mixed = patches.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.shuffledSubarray(all),
      ),
    );
    fc.assert(
      fc.property(mixed, ([all, order, again]) => {
        expect(fold(...order, ...again)).toEqual(fold(...all));
      }),
    );
  });

  it('gives the same in one batch and in many, and the same object when nothing is new', () => {
    fc.assert(
      fc.property(patches, (all) => {
        const list = fold(...all);
        expect(all.reduce((grown, one) => foldConversations(grown, [one]), noConversations)).toEqual(list);
        expect(foldConversations(list, all)).toBe(list);
      }),
    );
  });

  it('tells what is new without folding it', () => {
    fc.assert(
      fc.property(patches, (all) => {
        let grown = noConversations;
        for (const one of [...all, ...all]) {
          const next = foldConversations(grown, [one]);
          expect(isNewInList(grown, one)).toBe(next !== grown);
          grown = next;
        }
      }),
    );
  });

  it('gives the same from a snapshot of it, alone and on top of any part of what it was made of', () => {
    fc.assert(
      fc.property(patches, fc.nat(10), (all, part) => {
        const list = fold(...all);
        const snapshot = listSnapshot(list);
        expect(readItems(conversationPatchSchema, snapshot)).toEqual(snapshot);
        expect(fold(...snapshot)).toEqual(list);
        expect(fold(...all.slice(0, part), ...snapshot)).toEqual(list);
        expect(foldConversations(list, snapshot)).toBe(list);
      }),
    );
  });

  it('leaves out of a snapshot which replies ended where nothing was said for three days', () => {
    const days = 3 * 24 * 60 * 60_000;
    const ended = { 'reply-r1': 'ended', 'reply-r2': 'open' } as const;
    const list = fold(
      patch({ active: 1, generations: ended }),
      patch({ id: 'conv-002', active: days, generations: ended }),
      patch({ id: 'conv-003', active: days + 2 }),
    );
    const [old, recent] = [...fold(...listSnapshot(list)).values()];
    expect(old?.ended.size).toBe(0);
    expect(old?.header).toEqual(list.get('conv-001')?.header);
    expect(recent).toEqual(list.get('conv-002'));
  });

  it('keeps the identity of headers that did not change', () => {
    const list = fold(patch({ created: 1 }), patch({ id: 'conv-002', created: 1 }));
    const next = foldConversations(list, [patch({ id: 'conv-002', archived: true })]);
    expect(next.get('conv-001')).toBe(list.get('conv-001'));
    expect(next.get('conv-002')).not.toBe(list.get('conv-002'));
  });
});

describe('each field has its own rule', () => {
  it('created: the least; active: the greatest', () => {
    const both = header(
      patch({ created: 5, active: 5 }),
      patch({ created: 3, active: 3 }),
      patch({ active: 9 }),
    );
    expect(both).toMatchObject({ created: 3, active: 9 });
  });

  it('title: a person outranks a model, a model the first words, then the latest', () => {
    const words = patch({ at: 9, title: { text: 'words', by: 'words' } });
    const model = patch({ at: 5, title: { text: 'model', by: 'model' } });
    const person = patch({ at: 1, title: { text: 'person', by: 'person' } });
    expect(header(words, model)?.title.text).toBe('model');
    expect(header(person, words, model)?.title.text).toBe('person');
    expect(header(person, patch({ at: 2, title: { text: 'later', by: 'person' } }))?.title.text).toBe(
      'later',
    );
  });

  it('archived and deleted: the latest patch, true when equal', () => {
    expect(header(patch({ at: 2, archived: true }), patch({ at: 1, archived: false }))?.archived).toBe(true);
    expect(header(patch({ at: 2, deleted: false }), patch({ at: 2, deleted: true }))).toMatchObject({
      deleted: true,
      deletedAt: 2,
    });
  });

  it('model, temperature and overflow: the latest patch; null takes them back', () => {
    const chosen = patch({
      at: 1,
      model: { source: 's', id: 'a' },
      temperature: 0.5,
      overflow: 'drop-oldest',
    });
    expect(header(chosen)).toMatchObject({ model: { id: 'a' }, temperature: 0.5, overflow: 'drop-oldest' });
    const back = patch({ at: 2, temperature: null, overflow: null });
    expect(header(back, chosen)).toMatchObject({ model: { source: 's', id: 'a' } });
    expect(header(back, chosen)).not.toHaveProperty('temperature');
    expect(header(back, chosen)).not.toHaveProperty('overflow');
  });

  it('generations: those that ended are copied only when one more does', () => {
    const list = fold(patch({ generations: { r1: 'ended', r2: 'open' } }));
    const ended = list.get('conv-001')?.ended;
    const more = foldConversations(list, [
      patch({ at: 2, active: 2, generations: { r1: 'open', r3: 'open' } }),
    ]);
    expect(more.get('conv-001')?.ended).toBe(ended);
    expect(more.get('conv-001')?.header.open).toEqual(['r2', 'r3']);
    const less = foldConversations(more, [patch({ generations: { r3: 'ended' } })]);
    expect([...(less.get('conv-001')?.ended ?? [])].sort()).toEqual(['r1', 'r3']);
    expect(ended?.size).toBe(1);
  });

  it('generations: one that ended never opens again', () => {
    const ended = patch({ generations: { r1: 'ended' } });
    const open = patch({ generations: { r1: 'open', r2: 'open' } });
    expect(header(ended, open)?.open).toEqual(['r2']);
    expect(header(open, ended)?.open).toEqual(['r2']);
  });
});

it('lists what was created and not deleted, newest first', () => {
  const list = fold(
    patch({ id: 'conv-00a', created: 1, active: 5 }),
    patch({ id: 'conv-00b', created: 2, active: 9 }),
    patch({ id: 'conv-00c', created: 2, active: 5 }),
    patch({ id: 'conv-00d', created: 3, deleted: true }),
    patch({ id: 'conv-00e', active: 7 }),
  );
  expect(listed(list).map(({ id }) => id)).toEqual(['conv-00b', 'conv-00a', 'conv-00c']);
});
