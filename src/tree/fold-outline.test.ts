import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asidesUnder,
  childrenOf,
  emptyEndsBeside,
  emptyEndUnder,
  emptyTree,
  type Finish,
  foldOutline,
  type Generation,
  inAsides,
  isNewIn,
  latestOf,
  leafUnder,
  liveUnder,
  type MessageHeader,
  type OutlineChange,
  parentOf,
  pathTo,
  siblingsOf,
  unanswered,
} from './index.ts';

const MODEL = { source: 'demo', id: 'demo' };
const END: Finish = { reason: 'complete', at: 900 };

const header = (id: string, parent: string | null, time: number): MessageHeader => ({
  id,
  parent,
  role: 'user',
  author: { kind: 'user' },
  preview: id,
  branch: 'b',
  start: `${id}<`,
  end: `${id}>`,
  origin: { kind: 'send' },
  time,
});

const said = (id: string, parent: string | null, time = 1): OutlineChange => ({
  kind: 'message',
  message: header(id, parent, time),
});

const asked = (id: string, parent: string, started = 1): OutlineChange => {
  const place = { id, parent, branch: 'b', at: `${parent}>` };
  const generation: Generation = { ...place, model: MODEL, name: 'Demo', origin: { kind: 'send' }, started };
  return { kind: 'generation', generation };
};

const aside = (id: string, parent: string, time = 1): OutlineChange => ({
  kind: 'message',
  message: { ...header(id, parent, time), origin: { kind: 'aside' } },
});

/** It quotes what it answers and a message of elsewhere. */
const quoting = (id: string, parent: string, time = 1): OutlineChange => ({
  kind: 'message',
  message: { ...header(id, parent, time), quotes: [parent, 'elsewhere'] },
});

const kept = (id: string, isKept = true, at = 1): OutlineChange => ({
  kind: 'mark',
  mark: { id, at, kept: isKept },
});

const ended = (id: string, end: Finish = END): OutlineChange => ({ kind: 'generation-end', id, end });

const tree = (...changes: OutlineChange[]) => foldOutline(emptyTree, changes);

/** Any conversation: messages and replies under earlier ones, the replies ended or not, with words or without. */
const outline = fc
  .array(
    fc.record({
      under: fc.nat(),
      time: fc.nat(5),
      kind: fc.constantFrom('message', 'open', 'ended', 'empty', 'aside', 'kept', 'let go', 'quoting'),
    }),
    { maxLength: 12 },
  )
  .map((nodes) =>
    nodes.flatMap(({ under, time, kind }, index) => {
      const id = `n${index}`;
      const parent = index === 0 || under % 7 === 0 ? null : `n${under % index}`;
      const branch = { id, kind: 'root' as const, from: null, at: time };
      const announced: OutlineChange[] = parent === null ? [{ kind: 'branch', branch }] : [];
      if (kind === 'message' || parent === null) return [...announced, said(id, parent, time)];
      if (kind === 'quoting') return [quoting(id, parent, time)];
      if (kind === 'aside') return [aside(id, parent, time)];
      if (kind === 'kept') return [aside(id, parent, time), kept(id)];
      if (kind === 'let go') return [aside(id, parent, time), kept(id), kept(id, false, 2)];
      if (kind === 'open') return [asked(id, parent, time)];
      return [asked(id, parent, time), ...(kind === 'ended' ? [said(id, parent, time)] : []), ended(id)];
    }),
  );

/** Lists of its own too: nothing is known of them. */
const copied = (lists: ReadonlyMap<string, readonly string[]>) =>
  new Map([...lists].map(([id, list]) => [id, [...list]]));

const mixed = outline.chain((changes) =>
  fc.record({
    changes: fc.constant(changes),
    order: fc.shuffledSubarray(changes, { minLength: changes.length }),
    again: fc.shuffledSubarray(changes),
  }),
);

describe('the fold of an outline', () => {
  it('knows where a message was brought to, in the order it was', () => {
    const { quoted } = tree(quoting('c', 'a', 3), said('a', null), quoting('b', 'a', 2));
    expect(quoted.get('a')).toEqual(['b', 'c']);
    expect(quoted.get('elsewhere')).toEqual(['b', 'c']);
    expect(quoted.size).toBe(2);
  });

  it('gives an equal tree for any order and any repetition of the same changes', () => {
    fc.assert(
      fc.property(mixed, ({ changes, order, again }) => {
        expect(tree(...order, ...again)).toEqual(tree(...changes));
      }),
    );
  });

  it('gives the same tree in one batch and in many', () => {
    fc.assert(
      fc.property(mixed, ({ order }) => {
        const single = order.reduce((grown, change) => foldOutline(grown, [change]), emptyTree);
        expect(single).toEqual(tree(...order));
      }),
    );
  });

  it('answers from what it knew before as it does afresh, with asides and in a large tree', () => {
    const long = tree(
      ...Array.from({ length: 600 }, (_, at) => said(`m${at}`, at === 0 ? null : `m${at - 1}`, 1)),
    );
    fc.assert(
      fc.property(mixed, fc.boolean(), ({ order, again }, large) => {
        let grown = large ? long : emptyTree;
        const drops = again.flatMap((change): OutlineChange[] =>
          change.kind === 'message'
            ? [{ kind: 'mark', mark: { id: change.message.id, at: 9, pruned: true } }]
            : [],
        );
        for (const change of [...order, ...drops]) {
          grown = foldOutline(grown, [change]);
          const afresh = { ...grown, children: new Map(grown.children), asides: copied(grown.asides) };
          expect(latestOf(grown)).toBe(latestOf(afresh));
          expect(inAsides(grown)).toEqual(inAsides(afresh));
          for (const owner of grown.asides.keys())
            expect(asidesUnder(grown, owner)).toEqual(asidesUnder(afresh, owner));
        }
      }),
    );
  });

  it('returns the same object when nothing is new, and never changes one it returned', () => {
    fc.assert(
      fc.property(mixed, ({ changes, order }) => {
        const [first, ...rest] = order;
        if (!first) return;
        const early = tree(first);
        const copy = structuredClone(early);
        const full = foldOutline(early, rest);
        expect(foldOutline(full, changes)).toBe(full);
        expect(early).toEqual(copy);
      }),
    );
  });

  it('tells what is new without folding it', () => {
    fc.assert(
      fc.property(mixed, ({ order, again }) => {
        let grown = emptyTree;
        for (const change of [...order, ...again, ...order]) {
          const next = foldOutline(grown, [change]);
          expect(isNewIn(grown, change)).toBe(next !== grown);
          grown = next;
        }
      }),
    );
  });

  it('keeps the first of an id', () => {
    expect(tree(said('a', null, 1), said('a', 'b', 2)).messages.get('a')?.parent).toBeNull();
    const ends = tree(asked('r', 'a'), ended('r'), ended('r', { reason: 'stopped', at: 1 }));
    expect(ends.generations.get('r')?.end).toEqual(END);
  });

  it('keeps an end that comes before its generation until that comes', () => {
    const early = tree(ended('r'));
    expect(early.ends.size).toBe(1);
    const late = foldOutline(early, [asked('r', 'a')]);
    expect(late.generations.get('r')?.end).toEqual(END);
    expect(late.ends.size).toBe(0);
  });
});

describe('children', () => {
  it('stand where the message says, also where its generation says another place', () => {
    const changes = [asked('r', 'q'), said('q', null), said('r', null, 2)];
    const there = tree(...changes);
    expect(childrenOf(there, null)).toEqual(['q', 'r']);
    expect(childrenOf(there, 'q')).toEqual([]);
    expect(tree(...changes.toReversed())).toEqual(there);
  });

  it('stand in the order they were made, ties by id, whatever order they came in', () => {
    const grown = tree(said('p', null), said('c', 'p', 3), said('b', 'p', 2), said('a', 'p', 3));
    expect(childrenOf(grown, 'p')).toEqual(['b', 'a', 'c']);
    expect(siblingsOf(grown, 'a')).toEqual(['b', 'a', 'c']);
  });

  it('count a reply while it is written, and its message in the same place afterwards', () => {
    const writing = tree(said('p', null), asked('r', 'p', 2), said('later', 'p', 3));
    expect(childrenOf(writing, 'p')).toEqual(['r', 'later']);
    expect(liveUnder(writing, 'p').map(({ id }) => id)).toEqual(['r']);
    const done = foldOutline(writing, [said('r', 'p', 2), ended('r')]);
    expect(childrenOf(done, 'p')).toEqual(['r', 'later']);
    expect(liveUnder(done, 'p')).toEqual([]);
  });

  it('do not count a reply that ended without a word; it is offered again until something younger stands there', () => {
    const failed = tree(said('p', null), asked('r', 'p', 2), ended('r'));
    expect(childrenOf(failed, 'p')).toEqual([]);
    expect(emptyEndUnder(failed, 'p')?.id).toBe('r');
    expect(emptyEndUnder(foldOutline(failed, [said('later', 'p', 3)]), 'p')).toBeUndefined();
  });

  it('that ended without a word stand beside those they were asked with until their model is asked again', () => {
    const by = (id: string, model: string, started: number): OutlineChange => {
      const change = asked(id, 'p', started) as Extract<OutlineChange, { kind: 'generation' }>;
      return { ...change, generation: { ...change.generation, model: { source: 's', id: model } } };
    };
    const at = (time: number): Finish => ({ reason: 'failed', at: time });
    const beside = (of: ReturnType<typeof tree>) => emptyEndsBeside(of, 'p').map(({ id }) => id);
    const three = tree(said('p', null), by('a', 'm', 2), by('b', 'n', 3), by('c', 'o', 3));
    const failed = foldOutline(three, [
      ended('c', at(4)),
      ended('b', at(4)),
      said('a', 'p', 2),
      ended('a', at(9)),
    ]);
    expect(beside(failed)).toEqual(['b', 'c']);
    expect(beside(foldOutline(failed, [by('d', 'n', 20)]))).toEqual(['c']);
    expect(beside(foldOutline(failed, [by('d', 'm', 20)]))).toEqual(['b', 'c']);

    const alone = tree(said('p', null), by('a', 'm', 2), ended('a', at(4)));
    expect(beside(alone)).toEqual(['a']);
    expect(beside(foldOutline(alone, [by('d', 'n', 20)]))).toEqual([]);
    expect(beside(foldOutline(alone, [said('later', 'p', 20)]))).toEqual([]);
  });

  it('of an unanswered message are own words only, whatever became of the reply', () => {
    const failed = tree(said('p', null), asked('r', 'p', 2), ended('r'), asked('s', 'p', 3), ended('s'));
    expect(unanswered(failed).size).toBe(0);
    const went = foldOutline(failed, [said('later', 'p', 4)]);
    expect([...unanswered(went)].map(([parent, { id }]) => [parent, id])).toEqual([['p', 's']]);
    expect(unanswered(foldOutline(went, [asked('t', 'p', 5)])).size).toBe(0);
  });

  it('of the conversation itself are the first messages', () => {
    expect(childrenOf(tree(said('b', null, 2), said('a', null, 1)), null)).toEqual(['a', 'b']);
  });
});

describe('questions', () => {
  const grown = tree(said('a', null), said('b', 'a'), said('c', 'b', 2), said('d', 'b', 3));

  it('follow parents to the root', () => {
    expect(pathTo(grown, 'd')).toEqual(['a', 'b', 'd']);
    expect(parentOf(grown, 'a')).toBeNull();
    expect(parentOf(grown, 'zz')).toBeUndefined();
  });

  it('walk down to the newest leaf, or to the one chosen', () => {
    expect(leafUnder(grown, null)).toBe('d');
    expect(leafUnder(grown, 'a', (_, children) => children[0])).toBe('c');
    expect(leafUnder(emptyTree, null)).toBeNull();
  });

  it('answer empty for what is not known, and end where parents go in a circle', () => {
    expect(pathTo(grown, 'zz')).toEqual([]);
    expect(siblingsOf(grown, 'zz')).toEqual([]);
    expect(pathTo(tree(said('x', 'y'), said('y', 'x')), 'x')).toEqual(['y', 'x']);
    expect(leafUnder(tree(said('x', 'y'), said('y', 'x')), 'x')).toBeTypeOf('string');
  });
});
