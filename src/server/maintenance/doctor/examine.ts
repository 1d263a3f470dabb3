/** Looks a data folder through, without changing anything in it. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ChatFolders,
  CONVERSATIONS,
  type Conversations,
  chatFolderSnapshot,
  foldChatFolders,
  foldConversations,
  listSnapshot,
  noChatFolders,
  noConversations,
  parseStream,
  readChatFolders,
  readList,
  readPatches,
} from '../../../protocol/index.ts';
import { amountText } from '../../../protocol/language.ts';
import { isPastRecall } from '../../conversations/recovery/purge.ts';
import { type FolderReader, openReader } from '../../engine/embedded/reader.ts';
import { createFileStore, storedHashes } from '../../files/index.ts';
import { everythingIn, readIndex, type StoredIndex } from '../index-read.ts';
import { ENDED, type Examined, type Finding, IN_PIECES, type Mend } from './findings.ts';
import { copyFindings } from './folder-copies.ts';
import { judge } from './judge.ts';
import { readConversation } from './stored.ts';

export interface ExamineOptions {
  readonly now: number;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Of a folder nobody uses: the caller holds its lock. */
export async function examine(data: string, { now, onProgress }: ExamineOptions): Promise<Examined> {
  const engine = join(data, 'engine');
  const reader = openReader(engine);
  try {
    const list = await readIndex(reader, CONVERSATIONS);
    const entries = entriesOf(list);
    const ids = conversationsIn(reader, entries, now);
    const findings: Finding[] = [...listLoss(list), ...listInPieces(list, entries)];
    const files = new Map<string, WantedStream>();
    let messages = 0;
    for (const [at, id] of ids.entries()) {
      onProgress?.(at, ids.length);
      const conversation = await readConversation(reader, engine, id);
      const found = judge(conversation, entries.get(id));
      findings.push(...found);
      messages += conversation.tree.messages.size;
      for (const [hash, name] of conversation.files) files.set(hash, { name, conversation: id });
    }
    findings.push(...foreignStreams(reader), ...(await strayLogs(reader)));
    findings.push(...(await fileFindings(join(data, 'files'), files)));
    findings.push(...(await copyFindings(data, new Set(ids))));
    return { conversations: ids.length, messages, findings };
  } finally {
    await reader.close();
  }
}

/** What a later version says in the list, each once. */
function othersIn(list: StoredIndex): Iterable<unknown> {
  const others = readList(everythingIn(list)).flatMap((change) =>
    change.kind === 'other' ? [[JSON.stringify(change.item), change.item] as const] : [],
  );
  return new Map(others).values();
}

const entriesOf = (list: StoredIndex): Conversations =>
  foldConversations(noConversations, readPatches(everythingIn(list)));

const foldersIn = (list: StoredIndex): ChatFolders =>
  foldChatFolders(noChatFolders, readChatFolders(everythingIn(list)));

/** All but those that go for good. */
function conversationsIn(reader: FolderReader, entries: Conversations, now: number): string[] {
  const ids = new Set([...entries.keys()]);
  for (const { name } of reader.streams('c/')) {
    const parsed = parseStream(name);
    if (parsed && 'conversation' in parsed) ids.add(parsed.conversation);
  }
  return [...ids].filter((id) => {
    const header = entries.get(id)?.header;
    return !header || !isPastRecall(header, now);
  });
}

function listLoss({ segments }: StoredIndex): Finding[] {
  return segments.flatMap(({ stream, end }): Finding[] => {
    const about = 'the list of conversations';
    if (end.kind === 'torn')
      return [{ kind: 'harmless', about, words: 'it ends in the middle of a write nobody was told of' }];
    if (end.kind === 'whole') return [];
    const words =
      'a part of it can no longer be read; titles, and what was archived or deleted, may be as before';
    return [{ kind: 'loss', about, words, mend: { kind: 'refill', stream: stream.name, headers: [] } }];
  });
}

/** Once every log can be read again. */
function listInPieces(list: StoredIndex, entries: Conversations): Finding[] {
  const isWrong = list.isPartial || !list.isServed;
  if (list.broken.length > 0 || !(isWrong || list.isEnded)) return [];
  const mend: Mend = {
    kind: 'index',
    index: CONVERSATIONS,
    items: [...othersIn(list), ...chatFolderSnapshot(foldersIn(list)), ...listSnapshot(entries)],
  };
  const about = 'the list of conversations';
  return isWrong
    ? [{ kind: 'problem', about, words: IN_PIECES, mend }]
    : [{ kind: 'harmless', about, words: ENDED, mend }];
}

function foreignStreams(reader: FolderReader): Finding[] {
  const foreign = [...reader.streams('')].filter(({ name }) => parseStream(name) === null);
  return foreign.map(({ name }) => ({
    kind: 'harmless',
    about: 'the storage',
    words: `the stream ${name} is none of Bough's, and is left alone`,
  }));
}

async function strayLogs(reader: FolderReader): Promise<Finding[]> {
  const logs = await reader.strayLogs();
  const [first] = reader.streams('');
  // Logs are all there is then: they stay where they are.
  if (!first && logs.length > 0) return [noDatabase(logs.length)];
  return logs.map((log) => ({
    kind: 'problem',
    about: 'the storage',
    words: `the file engine/streams/${log} belongs to no stream, as after a crash while something was deleted`,
    mend: { kind: 'set-aside', path: join('engine', 'streams', log) },
  }));
}

function noDatabase(logs: number): Finding {
  return {
    kind: 'loss',
    about: 'the storage',
    words: `its database (engine/metadata.lmdb) is not there or empty, beside ${amountText(logs, 'log')}: restore a backup, and keep this folder`,
  };
}

interface WantedStream {
  readonly name: string;
  readonly conversation: string;
}

async function fileFindings(folder: string, wanted: ReadonlyMap<string, WantedStream>): Promise<Finding[]> {
  const store = createFileStore(folder);
  const whole = new Set<string>();
  const findings: Finding[] = [];
  for (const hash of await storedHashes(folder)) {
    const file = await store.read(hash);
    if (file && createHash('sha256').update(file.bytes).digest('hex') === hash) whole.add(hash);
    else findings.push(damagedFile(hash, wanted.get(hash)));
  }
  for (const [hash, { name, conversation }] of wanted) {
    if (whole.has(hash) || findings.some(({ words }) => words.includes(hash))) continue;
    findings.push({
      kind: 'loss',
      about: `conversation ${conversation}`,
      words: `its attached file ${name} is not there`,
    });
  }
  const broken = await readdir(join(folder, 'incoming')).catch(() => []);
  if (broken.length > 0)
    findings.push({
      kind: 'harmless',
      about: 'attached files',
      words: `${amountText(broken.length, 'upload was', 'uploads were')} not finished`,
    });
  return findings;
}

function damagedFile(hash: string, wanted: WantedStream | undefined): Finding {
  return {
    kind: 'loss',
    about: wanted ? `conversation ${wanted.conversation}` : 'attached files',
    words: `${wanted ? `its attached file ${wanted.name}` : 'an attached file nobody needs'} (${hash}) is damaged`,
    mend: { kind: 'set-aside', path: join('files', hash.slice(0, 2), hash) },
  };
}
