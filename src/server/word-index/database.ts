/** The file of the projection: its tables, and when it is made anew. */
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatabaseSync } from '@photostructure/sqlite';

export type Database = InstanceType<typeof DatabaseSync>;

/** Counts up with every change of what is kept: a file of another version is made anew. */
const FORMAT = 3;

/**
 * `n` numbers a message. From `MIDDLE` on the greater is the newer; below it, where what was there before is numbered from the newest on, it
 * is the older. So both ways only grow, and pages of the file are filled one after another.
 */
export const MIDDLE = 2 ** 40;

const TABLES = `
  create table meta (name text primary key, value text not null) without rowid;
  create table conversations (n integer primary key autoincrement, id text not null unique, cursor text not null, archived integer not null, hidden integer not null, revision integer not null);
  create table blocks (first integer primary key, count integer not null, conversation integer not null, packed blob not null);
  create index blocks_of on blocks (conversation);
  create table standings (n integer primary key, bits integer not null);
  create table labels (label text not null, n integer not null, primary key (label, n)) without rowid;
  create index labels_of on labels (n);
  create table models (n integer primary key, name text not null unique);
  create virtual table grams using fts5 (words, role, model, month, file, code,
    content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
  create virtual table pairs using fts5 (words, content = '', contentless_delete = 1, detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
`;

export interface DatabaseOptions {
  readonly path: string;
  /** Names the engine whose conversations are in it: what is of another is thrown away. */
  readonly engine: string;
}

/** What was open and failed; the file is to be made anew. */
export const isBroken = (error: unknown): boolean =>
  error instanceof Error && /malformed|not a database|corrupt|no such (table|column)/i.test(error.message);

async function library(): Promise<typeof DatabaseSync> {
  return (await import('@photostructure/sqlite')).DatabaseSync;
}

/** Does what is done in SQLite. */
export type WithinSqlite = <T>(work: () => T) => T;
const atOnce: WithinSqlite = (work) => work();

/** For reading and writing; made anew where it is missing, broken, or of another version or engine. */
export async function openForWriting(
  { path, engine }: DatabaseOptions,
  within: WithinSqlite = atOnce,
): Promise<Database> {
  const Opened = await library();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const database = within(() => openIfOurs(Opened, path, engine));
    if (database) return database;
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
  await removeDatabase(path);
  return within(() => makeAnew(Opened, path, engine));
}

function openIfOurs(Opened: typeof DatabaseSync, path: string, engine: string): Database | undefined {
  const database = open(Opened, path);
  if (isOurs(database, engine)) return database;
  database.close();
  return undefined;
}

function makeAnew(Opened: typeof DatabaseSync, path: string, engine: string): Database {
  const database = open(Opened, path);
  database.exec(`begin immediate; ${TABLES} pragma user_version = ${FORMAT}`);
  database.prepare('insert into meta (name, value) values (?, ?)').run('engine', engine);
  database.exec("insert into grams (grams, rank) values ('hashsize', 8000000); commit");
  return database;
}

function open(Opened: typeof DatabaseSync, path: string): Database {
  const database = new Opened(path);
  database.exec('pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = normal');
  database.exec(
    'pragma cache_size = -16000; pragma journal_size_limit = 4000000; pragma secure_delete = fast; pragma temp_store = memory',
  );
  return database;
}

/** Of a file that is there and ours. */
export async function openForReading(path: string, within: WithinSqlite = atOnce): Promise<Database> {
  const Opened = await library();
  return within(() => {
    const database = new Opened(path, { readOnly: true });
    database.exec('pragma busy_timeout = 5000; pragma cache_size = -24000; pragma temp_store = memory');
    return database;
  });
}

function isOurs(database: Database, engine: string): boolean {
  const { user_version } = database.prepare('pragma user_version').get() as { user_version: number };
  if (user_version !== FORMAT) return false;
  const row = database.prepare("select value from meta where name = 'engine'").get() as
    | { value: string }
    | undefined;
  return row?.value === engine;
}

/** With what SQLite keeps beside it. */
export async function removeDatabase(path: string): Promise<void> {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${path}${end}`, { force: true });
}
