import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EverywhereQuery } from '../../protocol/find/everywhere.ts';
import { hasAll, searchable, termsOf } from '../../protocol/find/find.ts';
import { type Database, openForWriting } from './database.ts';
import { foldedInPieces } from './grams.ts';
import type { Portion, StoredMessage, StoredStanding } from './port.ts';
import { WordReader } from './reader.ts';
import { WordWriter } from './writer.ts';

let database: Database;
let writer: WordWriter;
let reader: WordReader;

beforeEach(async () => {
  database = await openForWriting({ path: ':memory:', engine: 'test' });
  writer = new WordWriter(database);
  reader = new WordReader(database);
});

const message = (id: string, text: string, fields: Partial<StoredMessage> = {}): StoredMessage => ({
  ...{ id, text, time: Date.UTC(2026, 4, 3), role: 'user', author: '', model: '' },
  ...{ file: false, code: false, branch: '' },
  ...fields,
});

const standing = (id: string, fields: Partial<StoredStanding>): StoredStanding => ({
  ...{ id, pruned: false, aside: false, star: false, labels: [] },
  ...fields,
});

const portion = (
  conversation: string,
  messages: readonly StoredMessage[],
  {
    standings = [],
    hidden = 0,
    ...fields
  }: Partial<Portion> & { standings?: readonly StoredStanding[]; hidden?: number } = {},
): Portion => ({
  ...{ conversation, messages, archived: false, age: 'new' },
  whole: { cursor: `${conversation} 1`, standings, hidden },
  ...fields,
});

const ids = (query: Partial<EverywhereQuery>): string[] =>
  reader.find({ words: '', ...query }).hits.map(({ message: { id } }) => id);

describe('finds', () => {
  beforeEach(() => {
    writer.take([
      portion('one', [
        message('a', 'A week in Kyōto, or two'),
        message('b', 'Trains leave at six', { role: 'assistant', author: 'Big', model: 'Big', code: true }),
        message('c', '我喜欢数学。東京へ行きます', { file: true, time: Date.UTC(2024, 0, 31, 23) }),
      ]),
      portion('two', [
        message('d', 'The market opens at six'),
        message('e', 'ไปตลาดกันไหม', { role: 'assistant', author: 'Small', model: 'Small' }),
        message('f', 'Say "don’t", C# and 100%'),
      ]),
    ]);
  });

  it.each([
    ['words, parts of words, without case and accents', 'KYOTO eek', ['a']],
    ['words in several conversations, the newest first', 'six', ['d', 'b']],
    ['phrases', '"opens at"', ['d']],
    ['not phrases in another order', '"at opens"', []],
    ['two signs of a language without spaces', '数学', ['c']],
    ['one sign of it, also the last of a text', '学', ['c']],
    ['the end of a run of signs', 'す', ['c']],
    ['more than two signs', '東京へ行', ['c']],
    ['Thai', 'ตลาด', ['e']],
    ['two letters', 'at', ['d', 'b']],
    ['signs and quotes as they are compared elsewhere', "don't", ['f']],
    ['signs alone', 'c# 100%', ['f']],
    ['nothing that is not there', 'lantern', []],
  ])('%s', (_, words, found) => {
    expect(ids({ words })).toEqual(found);
  });

  it.each<[string, Partial<EverywhereQuery>, string[]]>([
    ['who', { role: 'assistant' }, ['e', 'b']],
    ['who, and words', { role: 'user', words: 'six' }, ['d']],
    ['a model', { model: 'Big' }, ['b']],
    ['a model nobody asked', { model: 'None' }, []],
    ['a file', { file: true }, ['c']],
    ['code', { code: true, words: 'trains' }, ['b']],
    ['a range of dates', { after: Date.UTC(2024, 0, 1), before: Date.UTC(2024, 1, 1) }, ['c']],
    ['the end of a range', { after: Date.UTC(2024, 0, 1), before: Date.UTC(2024, 0, 31, 23) }, []],
    ['before a date alone', { before: Date.UTC(2025, 0, 1) }, ['c']],
    ['after a date alone, and words', { after: Date.UTC(2025, 0, 1), words: 'six' }, ['d', 'b']],
    ['one conversation', { conversation: 'one', words: 'six' }, ['b']],
    ['nothing', {}, []],
  ])('by %s', (_, query, found) => {
    expect(ids(query)).toEqual(found);
  });

  it('with the words around it, and where', () => {
    const [hit] = reader.find({ words: 'market' }).hits;
    expect(hit).toMatchObject({
      conversation: 'two',
      excerpt: 'The market opens at six',
      marks: [[4, 10]],
      message: { id: 'd', role: 'user', time: Date.UTC(2026, 4, 3) },
    });
    expect(hit?.message).not.toHaveProperty('text');
  });

  it('hidden, asides, starred and labelled as asked', () => {
    const standings = [
      standing('d', { pruned: true, labels: ['Trip'] }),
      standing('e', { aside: true }),
      standing('f', { star: true, labels: ['Trip'] }),
    ];
    writer.take([portion('two', [], { standings })]);
    expect(ids({ words: 'six' })).toEqual(['b']);
    expect(ids({ words: 'six', pruned: true })).toEqual(['d', 'b']);
    expect([ids({ words: 'ตลาด' }), ids({ words: 'ตลาด', asides: true })]).toEqual([[], ['e']]);
    expect(ids({ starred: true })).toEqual(['f']);
    expect([ids({ label: 'Trip' }), ids({ label: 'Trip', pruned: true })]).toEqual([['f'], ['f', 'd']]);
    expect(reader.choices()).toEqual({ models: ['Big', 'Small'], labels: ['Trip'] });
    writer.take([portion('two', [])]);
    expect(ids({ words: 'six' })).toEqual(['d', 'b']);
    expect(reader.choices().labels).toEqual([]);
  });

  it('archived conversations if asked', () => {
    writer.take([portion('two', [], { archived: true })]);
    expect([ids({ words: 'six' }), ids({ words: 'six', archived: true })]).toEqual([['b'], ['d', 'b']]);
    expect(ids({ words: 'six', conversation: 'two' })).toEqual(['d']);
  });

  it('nothing of what was forgotten, also where its numbers are given again', () => {
    expect(ids({ words: 'market' })).toEqual(['d']);
    writer.forget('two');
    expect(ids({ words: 'market' })).toEqual([]);
    expect(ids({ words: 'six' })).toEqual(['b']);
    writer.take([portion('three', [message('x', 'one'), message('y', 'two'), message('z', 'three')])]);
    expect(ids({ words: 'market' })).toEqual([]);
    expect(ids({ words: 'three' })).toEqual(['z']);
    expect(writer.conversations().map(({ id }) => id)).toEqual(['one', 'three']);
  });
});

it('says how many branches are hidden, those with the most first, as it was told last', () => {
  writer.take([portion('one', [message('a', 'alpha')], { hidden: 1 }), portion('two', [], { hidden: 3 })]);
  writer.take([portion('three', [])]);
  expect(reader.hidden()).toEqual([
    { id: 'two', branches: 3 },
    { id: 'one', branches: 1 },
  ]);
  // A part of it says nothing of that.
  writer.take([portion('two', [message('b', 'beta')], { whole: undefined as never })]);
  writer.take([portion('one', [], { hidden: 0 })]);
  expect(reader.hidden()).toEqual([{ id: 'two', branches: 3 }]);
  writer.forget('two');
  expect(reader.hidden()).toEqual([]);
});

it('takes what it has once, and knows what it has', () => {
  writer.take([portion('one', [message('a', 'alpha')])]);
  writer.take([portion('one', [message('a', 'alpha'), message('b', 'alpha beta')])]);
  expect(ids({ words: 'alpha' })).toEqual(['b', 'a']);
  expect(writer.messages('one')).toEqual(['a', 'b']);
  expect(new WordWriter(database).messages('one')).toEqual(['a', 'b']);
  expect(writer.conversations()).toEqual([{ id: 'one', cursor: 'one 1', archived: false }]);
  writer.take([portion('one', [message('c', 'gamma')], { whole: undefined as never })]);
  expect(writer.conversations()).toEqual([{ id: 'one', cursor: '', archived: false }]);
});

it('has what is old below what is new', () => {
  writer.take([portion('now', [message('n', 'alpha')])]);
  writer.take([portion('old', [message('o1', 'alpha'), message('o2', 'alpha')], { age: 'old' })]);
  writer.take([portion('older', [message('p', 'alpha')], { age: 'old' })]);
  writer.take([portion('now', [message('m', 'alpha')])]);
  writer.take([portion('old', [message('o3', 'alpha')])]);
  expect(ids({ words: 'alpha' })).toEqual(['o3', 'm', 'n', 'o1', 'o2', 'p']);
});

it.each(['new', 'old'] as const)('answers a page at a time, none twice and none left out: %s', (age) => {
  const many = Array.from({ length: 130 }, (_, at) => message(`m${at}`, `alpha ${at}`));
  writer.take([portion('one', many, { age }), portion('two', [message('two', 'alpha')], { age: 'new' })]);
  const found: string[] = [];
  let from: string | undefined;
  do {
    const answer = reader.find({ words: 'alpha', from });
    found.push(...answer.hits.map(({ message: { id } }) => id));
    from = answer.next;
  } while (from !== undefined);
  const inOrder = many.map(({ id }) => id);
  expect(found).toEqual(['two', ...(age === 'new' ? inOrder.reverse() : inOrder)]);
  expect(ids({ words: 'alpha', most: 3 })).toHaveLength(3);
});

it('rolls back what it could not take whole', () => {
  writer.take([portion('one', [message('a', 'alpha')])]);
  const bad = { ...message('c', 'gamma'), text: undefined as never };
  expect(() => writer.take([portion('one', [message('b', 'beta')]), portion('two', [bad])])).toThrow();
  expect([ids({ words: 'beta' }), writer.messages('one')]).toEqual([[], ['a']]);
});

const letters = fc.constantFrom(
  'a',
  'b',
  'É',
  ' ',
  '-',
  '数',
  '学',
  'の',
  'ก',
  'ำ',
  '한',
  '😀',
  '\ue000',
  '\0',
  '"',
  '\n',
);
const words = (max: number) => fc.array(letters, { maxLength: max }).map((signs) => signs.join(''));

describe('told to break off', () => {
  /** Lets so many messages pass. */
  const upTo = (count: number) => {
    let left = count;
    return () => {
      left -= 1;
      if (left < 0) throw new Error('closing');
    };
  };
  const many = portion(
    'one',
    Array.from({ length: 9 }, (_, at) => message(`m${at}`, `lantern ${at}`)),
  );

  it('leaves nothing half written, and takes all of it the next time', () => {
    expect(() => new WordWriter(database, upTo(5)).take([many])).toThrow('closing');
    expect(writer.conversations()).toEqual([]);
    expect(ids({ words: 'lantern' })).toEqual([]);
    writer.take([many]);
    expect(ids({ words: 'lantern' })).toHaveLength(9);
    expect(() => new WordWriter(database, upTo(5)).forget('one')).toThrow('closing');
    expect(ids({ words: 'lantern' })).toHaveLength(9);
  });

  it('answers nothing more, and the next question as ever', () => {
    writer.take([many]);
    const broken = new WordReader(database, upTo(5));
    expect(() => broken.find({ words: 'lantern' })).toThrow('closing');
    expect(ids({ words: 'lantern' })).toHaveLength(9);
  });
});

describe('in little memory', () => {
  it('keeps of what was unpacked no more than it may beside the last, and finds all the same', () => {
    const noise = (seed: number) =>
      Array.from({ length: 3_000 }, (_, at) => ((seed + 1) * (at + 7) * 2_654_435_761).toString(36)).join(
        ' ',
      );
    const long = Array.from({ length: 20 }, (_, at) => message(`m${at}`, `lantern ${at} ${noise(at)}`));
    writer.take([portion('one', long)]);
    const small = new WordReader(database, () => {}, 100_000);
    const most = 100_000 + 2 * Math.max(...long.map(({ text }) => text.length));
    for (let time = 0; time < 2; time += 1) {
      expect(small.find({ words: 'lantern', most: 50 }).hits).toHaveLength(20);
      expect(small.units).toBeLessThanOrEqual(most);
    }
    expect(reader.find({ words: 'lantern', most: 50 }).hits).toHaveLength(20);
    expect(reader.units).toBeGreaterThan(5 * most);
  });

  it('folds a long text in pieces to what it is as a whole', () => {
    const signs = fc.constantFrom('é', 'ﷺ', '𝐀', 'ß', '한', '’', ' ', '\n\n', 'a', '数', '\u0301');
    const text = fc
      .tuple(fc.array(signs, { minLength: 1, maxLength: 40 }), fc.nat(5_000))
      .map(([some, extra]) => some.join('').repeat(Math.ceil((70_000 + extra) / some.join('').length)));
    fc.assert(
      fc.property(text, (long) => foldedInPieces(long) === searchable(long)),
      { numRuns: 40 },
    );
  });

  it('folds no more than it may of a text that grows by it', () => {
    expect(foldedInPieces('ﷺ'.repeat(1_000_000)).length).toBeLessThan(4_000_000);
  });
});

it('finds what a look at every text finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(words(14), { maxLength: 12 }), words(6), async (texts, question) => {
      const fresh = await openForWriting({ path: ':memory:', engine: 'test' });
      new WordWriter(fresh).take([
        portion(
          'one',
          texts.map((text, at) => message(`m${at}`, text)),
        ),
      ]);
      const terms = termsOf(question.replaceAll('\0', ''));
      const expected = texts.flatMap((text, at) =>
        hasAll(searchable(text.replaceAll('\0', '\ufffd')), terms) ? [`m${at}`] : [],
      );
      const found = new WordReader(fresh).find({ words: question.replaceAll('\0', '') });
      fresh.close();
      expect(found.hits.map((hit) => hit.message.id)).toEqual(terms.length > 0 ? expected.reverse() : []);
    }),
    { numRuns: 150 },
  );
});

it('a full disk is what is told, and what was there before stays', () => {
  writer.take([portion('first', [message('message-1', 'a lantern')])]);
  const { page_count } = database.prepare('pragma page_count').get() as { page_count: number };
  database.exec(`pragma max_page_count = ${page_count}`);
  const long = Array.from({ length: 400 }, (_, n) => message(`long-${n}`, `${n} ${'boats '.repeat(n)}`));
  expect(() => writer.take([portion('second', long)])).toThrow(/full/);
  expect(ids({ words: 'lantern' })).toEqual(['message-1']);
  database.exec('pragma max_page_count = 100000');
  writer.take([portion('second', long)]);
  expect(ids({ words: '399' })).toEqual(['long-399']);
});
