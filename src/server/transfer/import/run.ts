/** An import: what is in it, and bringing it in. Lines for whoever waits (docs/protocol.md, "Transfer"). */
import { fileName, type Part, Refusal } from '../../../protocol/index.ts';
import type { ImportLine } from '../../../protocol/requests/transfer.ts';
import type { Brought, ConversationService } from '../../conversations/index.ts';
import type { FileStore } from '../../files/index.ts';
import { type Archive, NotReadable, openArchive } from './archive.ts';
import { type Assembled, assemble, hashed, missingFile } from './assemble.ts';
import { keepSmall } from './collect.ts';
import type { SourceFile } from './nodes.ts';
import { type ReadConversation, readExport, sizeOf } from './read-export.ts';

export interface ImportDeps {
  readonly conversations: Pick<ConversationService, 'bring' | 'standing'>;
  readonly files: Pick<FileStore, 'add'>;
  /** ms since the epoch. Default: the real time. */
  readonly now?: () => number;
}

type ReadableConversation = Exclude<ReadConversation, { kind: 'unreadable' }>;

export interface ImportWish {
  /** Of a file on the disk, which stays. */
  readonly path: string;
  /** What the person calls it. */
  readonly name: string;
  /** Ids of conversations that are wanted; undefined: all. */
  readonly wanted?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
}

/** What is in it: `conversation`, `unreadable`, `progress`; then `end`, or `stopped`. Nothing is written. */
export function previewImport(deps: ImportDeps, wish: ImportWish): AsyncGenerator<ImportLine> {
  return inArchive(wish, async (_archive, found) => {
    const { brought, odd, files } = await assembled(deps, found);
    const standing = (await deps.conversations.standing(brought.conversation)) ?? 'new';
    return {
      ...{ kind: 'conversation', id: brought.conversation, title: titleOf(brought), source: sourceOf(found) },
      messages: brought.messages.length,
      branches: endsOf(brought),
      files: found.kind === 'own' ? found.conversation.files.size : files.length,
      ...{ created: brought.created, active: brought.active, standing },
      odd: [...odd].map(([what, times]) => ({ what, times })),
    };
  });
}

/** Brings in what is wanted: `brought`, `failed`, `unreadable`, `progress`; then `end`, or `stopped`. */
export function runImport(deps: ImportDeps, wish: ImportWish): AsyncGenerator<ImportLine> {
  return inArchive(wish, async (archive, found) => {
    const shape = await assembled(deps, found);
    const named = shape.brought;
    if (wish.wanted && !wish.wanted.has(named.conversation)) return undefined;
    const about = { id: named.conversation, title: titleOf(named) };
    try {
      const { brought, missing } = await withFiles(deps, archive, found, shape);
      const { added, known } = await deps.conversations.bring(brought, wish.signal);
      return { kind: 'brought', ...about, added, known, missing };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { kind: 'failed', ...about, sentence: error.message };
    }
  });
}

/** More often would be more lines than anybody could see, in ms. */
const PROGRESS = 200;
/**
 * Conversations under way beside each other, and bytes of the export they may come to: each message waits for the disk, and those of several
 * wait together. One is always let in, however large.
 */
const AT_ONCE = 8;
const BYTES_AT_ONCE = 2_000_000;

/** What is to be said of one conversation; undefined: nothing. */
type EachConversation = (archive: Archive, found: ReadableConversation) => Promise<ImportLine | undefined>;

async function* inArchive(
  { path, name, signal }: ImportWish,
  each: EachConversation,
): AsyncGenerator<ImportLine> {
  let archive: Archive | undefined;
  const under: UnderWay[] = [];
  const done = new AbortController();
  keepSmall(done.signal);
  try {
    archive = await openArchive(path, name);
    const total = sizeOf(archive);
    const progress = { done: 0 };
    let [said, before] = [0, 0];
    for await (const found of readExport(archive, progress)) {
      if (signal?.aborted) return;
      const bytes = progress.done - before;
      before = progress.done;
      while (isFull(under, bytes)) yield* firstOf(under);
      const line = found.kind === 'unreadable' ? Promise.resolve(found) : each(archive, found);
      // Who takes it hears of it; until then nobody does.
      line.catch(() => {});
      under.push({ line, bytes });
      if (performance.now() - said < PROGRESS) continue;
      said = performance.now();
      yield { kind: 'progress', done: progress.done, total };
    }
    while (under.length > 0) yield* firstOf(under);
    yield { kind: 'progress', done: total, total };
    yield { kind: 'end' };
  } catch (error) {
    if (signal?.aborted) return;
    if (!(error instanceof NotReadable || isDamage(error))) throw error;
    while (under.length > 0) yield* firstOf(under);
    yield { kind: 'stopped', sentence: error.message };
  } finally {
    await Promise.allSettled(under.map(({ line }) => line));
    done.abort();
    archive?.close();
  }
}

interface UnderWay {
  readonly line: Promise<ImportLine | undefined>;
  readonly bytes: number;
}

const isFull = (under: readonly UnderWay[], bytes: number): boolean =>
  under.length >= AT_ONCE ||
  (under.length > 0 && under.reduce((sum, one) => sum + one.bytes, bytes) > BYTES_AT_ONCE);

/** Lines stand in the order of the export. */
async function* firstOf(under: UnderWay[]): AsyncGenerator<ImportLine> {
  const line = await under.shift()?.line;
  if (line) yield line;
}

/** What zlib and the reader of zips say of a damaged archive. */
const isDamage = (error: unknown): error is Error =>
  error instanceof Error &&
  /^(Z_|invalid |unexpected end|incorrect |too many bytes|not enough bytes)/.test(
    `${(error as NodeJS.ErrnoException).code ?? ''}${error.message}`,
  );

async function assembled(deps: ImportDeps, found: ReadableConversation): Promise<Assembled> {
  const shape: Assembled =
    found.kind === 'own'
      ? { brought: found.conversation.brought, odd: new Map(), files: [] }
      : assemble(found.format, found.conversation, nowOf(deps));
  return { ...shape, brought: await besideDeleted(deps, shape.brought) };
}

const nowOf = ({ now = Date.now }: ImportDeps): number => now();

/** One that was deleted here stays deleted; brought again it is another conversation, with the same messages. */
async function besideDeleted({ conversations }: ImportDeps, brought: Brought): Promise<Brought> {
  for (let own = brought; ; own = { ...own, conversation: hashed(`${own.conversation} again`) })
    if ((await conversations.standing(own.conversation)) !== 'deleted') return own;
}

const sourceOf = (found: ReadableConversation): string =>
  found.kind === 'own' ? 'Bough' : found.format.name;

const titleOf = ({ title }: Brought): string => title?.text ?? 'New chat';

function endsOf({ messages }: Brought): number {
  const parents = new Set(messages.map(({ parent }) => parent));
  return messages.filter(({ id }) => !parents.has(id)).length;
}

/** The same with its files stored: messages name them by what they are then. */
async function withFiles(
  deps: ImportDeps,
  archive: Archive,
  found: ReadableConversation,
  { brought, files }: Assembled,
): Promise<{ readonly brought: Brought; readonly missing: number }> {
  if (found.kind === 'own') {
    for (const content of found.conversation.files.values()) await deps.files.add([content], 'original');
    return { brought, missing: 0 };
  }
  if (files.length === 0) return { brought, missing: 0 };
  const stored = new Map<SourceFile, Part | null>();
  for (const file of files) stored.set(file, await store(deps, archive, file));
  const missing = [...stored.values()].filter((part) => part === null).length;
  const resolve = (file: SourceFile) => stored.get(file) ?? missingFile(file);
  const { messages } = assemble(found.format, found.conversation, nowOf(deps), resolve).brought;
  return { brought: { ...brought, messages }, missing };
}

/** Null where the content is not there, or is nothing a message can have. */
async function store({ files }: ImportDeps, archive: Archive, file: SourceFile): Promise<Part | null> {
  const { content, keys } = file;
  const entry = content === undefined && keys ? archive.find(keys) : undefined;
  if (content === undefined && !entry) return null;
  try {
    const chunks = entry
      ? await entry.read()
      : [typeof content === 'string' ? Buffer.from(content) : (content as Uint8Array)];
    const stored = await files.add(chunks, 'original');
    const name = entry && keys?.includes(file.name) ? (entry.name.split('/').at(-1) ?? file.name) : file.name;
    return { kind: 'file', name: fileName(name), ...stored };
  } catch (error) {
    if (error instanceof Refusal && error.status < 500)
      return { kind: 'data', name: file.name, value: { 'not kept': error.message } };
    throw error;
  }
}
