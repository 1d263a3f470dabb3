/** Answers questions from the projection. Runs in a thread of its own, so that it never waits for what is being written. */

import { EVERYWHERE_PAGE, type EverywhereQuery } from '../../protocol/find/everywhere.ts';
import { excerptNear, hasAll, termsOf } from '../../protocol/find/find.ts';
import { unpack } from './blocks.ts';
import { type Database, MIDDLE } from './database.ts';
import { facts, foldedInPieces, gramsMatch, isPair, monthsIn, pairMatch, quoted } from './grams.ts';
import type { StoredChoices, StoredHidden, StoredHit, StoredHits, StoredMessage } from './port.ts';
import { BITS } from './writer.ts';

/** What one answer may cost: UTF-16 units unpacked, and messages named by the index that are looked at. Then it says where to go on. */
const MOST_UNPACKED = 1_000_000;
const MOST_LOOKED_AT = 20_000;
/** Of unpacked blocks so much is kept for the next question, in UTF-16 units. */
const KEPT_UNITS = 8_000_000;
/** Above every number of a message. */
const TOP = Number.MAX_SAFE_INTEGER;

interface PackedBlock {
  readonly first: number;
  readonly count: number;
  readonly conversation: number;
}

interface UnpackedBlock {
  readonly messages: readonly StoredMessage[];
  readonly folds: (string | undefined)[];
  /** Of its texts and of what is folded of them, in UTF-16 units. */
  units: number;
}

interface ConversationFacts {
  readonly id: string;
  readonly archived: boolean;
}

/** A question taken apart. */
interface WordQuestion {
  readonly query: EverywhereQuery;
  readonly terms: readonly string[];
  readonly from: number;
}

export class WordReader {
  readonly #db: Database;
  readonly #goOn: () => void;
  readonly #most: number;
  #units = 0;
  /** By conversation, first number and count: numbers of conversations are given once, and a block that grew is another. */
  readonly #open = new Map<string, UnpackedBlock>();

  /**
   * @param goOn asked before each message: throws where the rest is to be left. Default: nothing is
   * @param most of unpacked blocks is kept, in UTF-16 units. Default: 8 million
   */
  constructor(database: Database, goOn: () => void = () => {}, most = KEPT_UNITS) {
    this.#db = database;
    this.#goOn = goOn;
    this.#most = most;
  }

  /** What is kept for the next question, in UTF-16 units. */
  get units(): number {
    return this.#units;
  }

  find(query: EverywhereQuery): StoredHits {
    const terms = termsOf(query.words);
    const from = query.from === undefined ? TOP : Number(query.from);
    // All of one answer sees the same state.
    this.#db.exec('begin');
    try {
      return this.#collect({ query, terms, from });
    } finally {
      this.#db.exec('commit');
    }
  }

  choices(): StoredChoices {
    const names = (sql: string) =>
      (this.#db.prepare(sql).all() as { name: string }[]).map(({ name }) => name);
    return {
      models: names('select name from models order by name'),
      labels: names('select distinct label as name from labels order by label'),
    };
  }

  /** Of every conversation there is one row: it costs as many as there are. */
  hidden(): readonly StoredHidden[] {
    return this.#db
      .prepare('select id, hidden as branches from conversations where hidden > 0 order by hidden desc, id')
      .all() as unknown as StoredHidden[];
  }

  #collect(wish: WordQuestion): StoredHits {
    const most = wish.query.most ?? EVERYWHERE_PAGE;
    const hits: StoredHit[] = [];
    const look = new Look(this.#db);
    let looked = 0;
    let unpacked = 0;
    for (const n of this.#candidates(wish)) {
      this.#goOn();
      const block = look.blockOf(n);
      if (hits.length >= most || unpacked >= MOST_UNPACKED || looked >= MOST_LOOKED_AT)
        return { hits, next: `${n >= MIDDLE ? n + 1 : n - 1}` };
      looked += 1;
      if (!block) continue;
      const conversation = look.conversation(block.conversation);
      if (!conversation || !mayBeIn(conversation, wish.query)) continue;
      const { open, cost } = this.#opened(block, look);
      unpacked += cost;
      const hit = this.#hitAt(wish, n - block.first, open, conversation, () => look.standing(n));
      if (hit) hits.push(hit);
      this.#letGo();
    }
    return { hits };
  }

  /** Lets go of the blocks that were asked for longest ago, where there is too much; never of the one that is looked through. */
  #letGo(): void {
    for (const [key, { units }] of this.#open) {
      if (this.#units <= this.#most || this.#open.size === 1) return;
      this.#open.delete(key);
      this.#units -= units;
    }
  }

  #hitAt(
    { query, terms }: WordQuestion,
    at: number,
    open: UnpackedBlock,
    { id, archived }: ConversationFacts,
    standingOf: () => StoredHit['standing'],
  ): StoredHit | undefined {
    const message = open.messages[at];
    if (!message || !answers(message, query)) return undefined;
    const fold = open.folds[at] ?? this.#folded(message.text, open);
    open.folds[at] = fold;
    if (!hasAll(fold, terms)) return undefined;
    const standing = standingOf();
    if (!counts(standing, query)) return undefined;
    const { text, file: _, code: __, ...rest } = message;
    return { conversation: id, archived, message: rest, standing, ...excerptNear(text, terms) };
  }

  #folded(text: string, open: UnpackedBlock): string {
    const fold = foldedInPieces(text);
    open.units += fold.length;
    this.#units += fold.length;
    return fold;
  }

  #opened(block: PackedBlock, look: Look): { readonly open: UnpackedBlock; readonly cost: number } {
    const key = `${block.conversation} ${block.first} ${block.count}`;
    const kept = this.#open.get(key);
    if (kept) {
      this.#open.delete(key);
      this.#open.set(key, kept);
      return { open: kept, cost: 0 };
    }
    const messages = unpack(look.packed(block.first));
    const cost = messages.reduce((sum, { text }) => sum + text.length, 0);
    const open: UnpackedBlock = { messages, folds: [], units: cost };
    this.#open.set(key, open);
    this.#units += cost;
    return { open, cost };
  }

  /** Numbers of messages that may answer, the newest first: by whatever names the fewest. */
  #candidates({ query, terms, from }: WordQuestion): Iterable<number> {
    if (query.conversation !== undefined) return this.#inBlocks(from, query.conversation);
    if (query.label) return this.#numbers(from, 'select n from labels where label = ?', 'n', query.label);
    if (query.starred) return this.#numbers(from, 'select n from standings where bits & ?', 'n', BITS.star);
    const words = terms.flatMap((term) => gramsMatch(term) ?? []);
    const asked = [...words, ...this.#asked(query)];
    const pair = terms.find(isPair);
    if (words.length === 0 && pair !== undefined) return this.#matching(from, 'pairs', pairMatch(pair));
    if (asked.length > 0) return this.#matching(from, 'grams', asked.join(' AND '));
    const isAsked = terms.length > 0 || query.after !== undefined || query.before !== undefined;
    return isAsked ? this.#inBlocks(from) : [];
  }

  /** What is asked besides words, as the index has it. */
  #asked({ role, model, after, before, file, code }: EverywhereQuery): readonly string[] {
    const months = monthsIn(after, before);
    return [
      ...(role ? [quoted(facts.role(role))] : []),
      ...(model ? [quoted(facts.model(this.#model(model)))] : []),
      ...(months ? [`(${months.map((at) => quoted(facts.month(at))).join(' OR ')})`] : []),
      ...(file ? [quoted(facts.file)] : []),
      ...(code ? [quoted(facts.code)] : []),
    ];
  }

  #model(name: string): number {
    const row = this.#db.prepare('select n from models where name = ?').get(name) as
      | { n: number }
      | undefined;
    return row?.n ?? 0;
  }

  #matching(from: number, table: string, match: string): Iterable<number> {
    return this.#numbers(from, `select rowid as n from ${table} where ${table} match ?`, 'rowid', match);
  }

  /** What is new downwards, then what is old upwards. */
  *#numbers(from: number, sql: string, n: string, given: string | number): Generator<number> {
    type Rows = Iterable<{ n: number }>;
    if (from >= MIDDLE) {
      const fresh = this.#db.prepare(`${sql} and ${n} >= ? and ${n} < ? order by ${n} desc`);
      for (const row of fresh.iterate(given, MIDDLE, from) as Rows) yield row.n;
    }
    const old = this.#db.prepare(`${sql} and ${n} < ? and ${n} > ? order by ${n}`);
    for (const row of old.iterate(given, MIDDLE, from >= MIDDLE ? 0 : from) as Rows) yield row.n;
  }

  /** Every message, or those of one conversation. */
  *#inBlocks(from: number, conversation?: string): Generator<number> {
    const of =
      conversation === undefined ? '' : 'conversation = (select n from conversations where id = ?) and';
    const given = conversation === undefined ? [] : [conversation];
    const select = `select first, count from blocks where ${of}`;
    if (from >= MIDDLE) {
      const fresh = this.#db.prepare(`${select} first >= ? and first < ? order by first desc`);
      for (const { first, count } of fresh.iterate(...given, MIDDLE, from) as Iterable<PackedBlock>)
        for (let n = Math.min(first + count, from) - 1; n >= first; n -= 1) yield n;
    }
    const above = from >= MIDDLE ? 0 : from;
    // From the block in which it is, or the next one.
    const here = 'ifnull((select first from blocks where first <= ? order by first desc limit 1), 0)';
    const old = this.#db.prepare(`${select} first < ? and first >= ${here} order by first`);
    for (const { first, count } of old.iterate(...given, MIDDLE, above) as Iterable<PackedBlock>)
      for (let n = Math.max(first, above + 1); n < first + count; n += 1) yield n;
  }
}

function mayBeIn({ id, archived }: ConversationFacts, query: EverywhereQuery): boolean {
  if (query.conversation !== undefined) return id === query.conversation;
  return query.archived === true || !archived;
}

function answers(message: StoredMessage, query: EverywhereQuery): boolean {
  const { role, model, after, before, file, code } = query;
  if (role && message.role !== role) return false;
  if (model && message.model !== model) return false;
  if (after !== undefined && message.time < after) return false;
  if (before !== undefined && message.time >= before) return false;
  return (!file || message.file) && (!code || message.code);
}

function counts(standing: StoredHit['standing'], query: EverywhereQuery): boolean {
  if (standing.pruned && !query.pruned) return false;
  if (standing.aside && !query.asides) return false;
  if (query.starred && !standing.star) return false;
  return !query.label || standing.labels.includes(query.label);
}

/** Rows that belong to numbers, for the length of one answer. */
class Look {
  readonly #blockAt;
  readonly #packedOf;
  readonly #conversationOf;
  readonly #bitsOf;
  readonly #labelsOf;
  readonly #conversations = new Map<number, ConversationFacts | undefined>();
  #block: PackedBlock | undefined;

  constructor(db: Database) {
    this.#blockAt = db.prepare(
      'select first, count, conversation from blocks where first <= ? order by first desc limit 1',
    );
    this.#packedOf = db.prepare('select packed from blocks where first = ?');
    this.#conversationOf = db.prepare('select id, archived from conversations where n = ?');
    this.#bitsOf = db.prepare('select bits from standings where n = ?');
    this.#labelsOf = db.prepare('select label from labels where n = ? order by label');
  }

  blockOf(n: number): PackedBlock | undefined {
    const near = this.#block;
    if (near && n >= near.first && n < near.first + near.count) return near;
    const found = this.#blockAt.get(n) as PackedBlock | undefined;
    this.#block = found && n < found.first + found.count ? found : undefined;
    return this.#block;
  }

  packed(first: number): Uint8Array {
    return (this.#packedOf.get(first) as { packed: Uint8Array }).packed;
  }

  conversation(n: number): ConversationFacts | undefined {
    if (!this.#conversations.has(n)) {
      const row = this.#conversationOf.get(n) as { id: string; archived: number } | undefined;
      this.#conversations.set(n, row && { id: row.id, archived: row.archived === 1 });
    }
    return this.#conversations.get(n);
  }

  standing(n: number): StoredHit['standing'] {
    const { bits = 0 } = (this.#bitsOf.get(n) ?? {}) as { bits?: number };
    const labels = (this.#labelsOf.all(n) as { label: string }[]).map(({ label }) => label);
    return {
      ...{ pruned: (bits & BITS.pruned) > 0, aside: (bits & BITS.aside) > 0, star: (bits & BITS.star) > 0 },
      labels,
    };
  }
}
