/** Puts words into the projection and takes them out. Runs in a thread of its own: nothing here waits for anything. */
import { BLOCK, inBlocks, pack, unpack } from './blocks.ts';
import { type Database, MIDDLE } from './database.ts';
import { facts, foldedInPieces, pairsIn } from './grams.ts';
import type { ConversationWords, Portion, StoredMessage, StoredStanding } from './port.ts';

export const BITS = { pruned: 1, aside: 2, star: 4 } as const;

interface ConversationRow {
  readonly n: number;
  readonly cursor: string;
  readonly archived: number;
  readonly revision: number;
}

interface BlockRow {
  readonly first: number;
  readonly count: number;
  readonly packed: Uint8Array;
}

interface LastBlock {
  readonly first: number;
  readonly count: number;
  readonly conversation: number;
  readonly size: number;
}

/** Numbers by id, of the messages of one conversation at one revision of it. */
interface KnownMessages {
  readonly revision: number;
  readonly numbers: Map<string, number>;
}

/** Conversations whose ids are kept unpacked, and how many ids these may have together. */
const KEPT = 16;
const KEPT_IDS = 200_000;

export class WordWriter {
  readonly #db: Database;
  readonly #goOn: () => void;
  readonly #kept = new Map<string, KnownMessages>();
  readonly #models = new Map<string, number>();

  /** @param goOn asked before each message: throws where the rest is to be left. Default: nothing is */
  constructor(database: Database, goOn: () => void = () => {}) {
    this.#db = database;
    this.#goOn = goOn;
  }

  conversations(): readonly ConversationWords[] {
    const rows = this.#db.prepare('select id, cursor, archived from conversations').all();
    return (rows as { id: string; cursor: string; archived: number }[]).map((row) => ({
      ...row,
      archived: row.archived === 1,
    }));
  }

  messages(conversation: string): readonly string[] {
    const row = this.#row(conversation);
    return row ? [...this.#known(conversation, row).keys()] : [];
  }

  take(portions: readonly Portion[]): void {
    this.#inOne(() => {
      for (const portion of portions) this.#takeOne(portion);
    });
  }

  forget(conversation: string): void {
    this.#inOne(() => {
      const row = this.#row(conversation);
      if (!row) return;
      const remove = (table: string, column: string) =>
        this.#db.prepare(`delete from ${table} where ${column} = ?`);
      for (const table of [remove('grams', 'rowid'), remove('pairs', 'rowid')])
        for (const { first, count } of this.#blocks(row.n))
          for (let at = first; at < first + count; at += 1) {
            this.#goOn();
            table.run(at);
          }
      this.#clearStandings(row.n);
      remove('blocks', 'conversation').run(row.n);
      remove('conversations', 'n').run(row.n);
    });
    this.#kept.delete(conversation);
  }

  #inOne(work: () => void): void {
    this.#db.exec('begin immediate');
    try {
      work();
      this.#db.exec('commit');
    } catch (error) {
      this.#kept.clear();
      this.#models.clear();
      // Where the disk is full the database has taken it back by itself.
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw error;
    }
  }

  #takeOne({ conversation, archived, messages, age, whole }: Portion): void {
    const row = this.#row(conversation) ?? this.#begin(conversation);
    const known = this.#known(conversation, row);
    const fresh = messages.filter(({ id }) => !known.has(id));
    for (const block of inBlocks(fresh)) this.#addBlock(row.n, block, age, known);
    if (whole) this.#setStandings(row.n, whole.standings, known);
    this.#db
      .prepare(
        'update conversations set cursor = ?, archived = ?, hidden = ifnull(?, hidden), revision = revision + 1 where n = ?',
      )
      .run(whole?.cursor ?? '', archived ? 1 : 0, whole?.hidden ?? null, row.n);
    this.#keep(conversation, { revision: row.revision + 1, numbers: known });
  }

  #begin(conversation: string): ConversationRow {
    this.#db
      .prepare("insert into conversations (id, cursor, archived, hidden, revision) values (?, '', 0, 0, 0)")
      .run(conversation);
    return this.#row(conversation) as ConversationRow;
  }

  #row(conversation: string): ConversationRow | undefined {
    return this.#db
      .prepare('select n, cursor, archived, revision from conversations where id = ?')
      .get(conversation) as ConversationRow | undefined;
  }

  #blocks(n: number): readonly { readonly first: number; readonly count: number }[] {
    return this.#db.prepare('select first, count from blocks where conversation = ?').all(n) as {
      first: number;
      count: number;
    }[];
  }

  #known(conversation: string, { n, revision }: ConversationRow): Map<string, number> {
    const kept = this.#kept.get(conversation);
    if (kept?.revision === revision) return kept.numbers;
    const numbers = new Map<string, number>();
    const rows = this.#db
      .prepare('select first, count, packed from blocks where conversation = ?')
      .iterate(n) as Iterable<BlockRow>;
    for (const { first, packed } of rows) {
      this.#goOn();
      for (const [at, { id }] of unpack(packed).entries()) numbers.set(id, first + at);
    }
    this.#keep(conversation, { revision, numbers });
    return numbers;
  }

  #keep(conversation: string, known: KnownMessages): void {
    this.#kept.delete(conversation);
    this.#kept.set(conversation, known);
    let ids = 0;
    for (const { numbers } of this.#kept.values()) ids += numbers.size;
    for (const [oldest, { numbers }] of this.#kept) {
      if (oldest === conversation || (this.#kept.size <= KEPT && ids <= KEPT_IDS)) return;
      this.#kept.delete(oldest);
      ids -= numbers.size;
    }
  }

  #addBlock(
    conversation: number,
    block: readonly StoredMessage[],
    age: Portion['age'],
    known: Map<string, number>,
  ): void {
    const end = this.#last(age);
    const first = end ? end.first + end.count : age === 'old' ? 1 : MIDDLE;
    const last = end && this.#growing(conversation, end);
    if (last) {
      const packed = pack([...unpack(last.packed), ...block]);
      this.#db
        .prepare('update blocks set count = count + ?, packed = ? where first = ?')
        .run(block.length, packed, last.first);
    } else {
      this.#db
        .prepare('insert into blocks (first, count, conversation, packed) values (?, ?, ?, ?)')
        .run(first, block.length, conversation, pack(block));
    }
    for (const [at, message] of block.entries()) {
      this.#goOn();
      this.#index(first + at, message);
      known.set(message.id, first + at);
    }
  }

  /** The block with the highest numbers of its age. */
  #last(age: Portion['age']): LastBlock | undefined {
    return this.#db
      .prepare(
        `select first, count, conversation, length(packed) as size from blocks
           where first ${age === 'old' ? '<' : '>='} ? order by first desc limit 1`,
      )
      .get(MIDDLE) as LastBlock | undefined;
  }

  /** The last block, if it is of the conversation and takes more. */
  #growing(conversation: number, { first, size, ...last }: LastBlock): BlockRow | undefined {
    // Packed, a block is some half of its text.
    if (last.conversation !== conversation || size > BLOCK / 3) return undefined;
    return this.#db.prepare('select first, count, packed from blocks where first = ?').get(first) as BlockRow;
  }

  #index(n: number, { text, role, model, time, file, code }: StoredMessage): void {
    const words = foldedInPieces(text).replaceAll('\0', '\ufffd');
    this.#db
      .prepare(
        'insert into grams (rowid, words, role, model, month, file, code) values (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        n,
        words,
        facts.role(role),
        model === '' ? '' : facts.model(this.#model(model)),
        facts.month(time),
        file ? facts.file : '',
        code ? facts.code : '',
      );
    const pairs = pairsIn(words);
    if (pairs !== '') this.#db.prepare('insert into pairs (rowid, words) values (?, ?)').run(n, pairs);
  }

  #model(name: string): number {
    const known = this.#models.get(name);
    if (known !== undefined) return known;
    this.#db.prepare('insert into models (name) values (?) on conflict do nothing').run(name);
    const { n } = this.#db.prepare('select n from models where name = ?').get(name) as { n: number };
    this.#models.set(name, n);
    return n;
  }

  #clearStandings(conversation: number): void {
    for (const table of ['standings', 'labels'])
      this.#db
        .prepare(
          `delete from ${table} where n in (select s.n from blocks b join ${table} s
             on s.n >= b.first and s.n < b.first + b.count where b.conversation = ?)`,
        )
        .run(conversation);
  }

  #setStandings(
    conversation: number,
    standings: readonly StoredStanding[],
    known: ReadonlyMap<string, number>,
  ): void {
    this.#clearStandings(conversation);
    const standing = this.#db.prepare('insert into standings (n, bits) values (?, ?)');
    const label = this.#db.prepare('insert into labels (label, n) values (?, ?) on conflict do nothing');
    for (const { id, pruned, aside, star, labels } of standings) {
      const n = known.get(id);
      if (n === undefined) continue;
      const bits = (pruned ? BITS.pruned : 0) | (aside ? BITS.aside : 0) | (star ? BITS.star : 0);
      if (bits > 0) standing.run(n, bits);
      for (const name of labels) label.run(name, n);
    }
  }
}
