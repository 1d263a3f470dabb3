/** What every version wrote is read by this one (recorded/README.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyTree, foldOutline } from '../tree/index.ts';
import { contextOf } from './context/context.ts';
import { isKnown } from './parts/index.ts';
import { foldChatFolders, noChatFolders, shownChatFolders } from './streams/chat-folders.ts';
import { foldConversations, listed, noConversations } from './streams/conversations.ts';
import { readChatFolders, readList, readPatches } from './streams/list-items.ts';
import { foldOffers, noOffers, optionsNow, readOffers } from './streams/offers.ts';
import { readMessages, readOutline, readReply } from './streams/read.ts';
import { emptyReply, foldReply, messageOf } from './streams/reply.ts';
import { branchStream, CONVERSATIONS, offersStream, outlineStream, parseStream } from './streams/streams.ts';
import { filesOf, storedIn, textOf } from './text.ts';

interface Recording {
  readonly by: string;
  readonly conversation: string;
  readonly tip: string;
  readonly said: Readonly<Record<string, string>>;
  readonly streams: Readonly<Record<string, readonly unknown[]>>;
}

const FOLDER = join(import.meta.dirname, 'recorded');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** Recorded before there were quotes, asides and summaries. */
const BEFORE_FORKS = new Set(
  ['agents', 'before-parts', 'from-outside'].map((name) => `2026-11-${name}.json`),
);

describe.each(files)('%s', (file) => {
  const { conversation, tip, said, streams } = JSON.parse(
    readFileSync(join(FOLDER, file), 'utf8'),
  ) as Recording;
  const of = (stream: string) => streams[stream] ?? [];
  const tree = foldOutline(emptyTree, readOutline(of(outlineStream(conversation))));
  const branches = [...tree.branches.keys()].map((branch) => of(branchStream(conversation, branch)));
  const messages = new Map(branches.flatMap(readMessages).map((message) => [message.id, message]));

  it('is known in all its items', () => {
    expect(tree.others.size).toBe(0);
    expect(readList(of(CONVERSATIONS)).filter(({ kind }) => kind === 'other')).toEqual([]);
    for (const message of messages.values()) {
      expect(message.author.kind).toMatch(/^(user|model|external)$/);
      for (const part of message.parts) expect([isKnown(part), part.kind]).not.toContain('kept');
    }
  });

  it('has every message, in the words that were said', () => {
    for (const [id, text] of Object.entries(said)) {
      const message = messages.get(id);
      expect(textOf(message?.parts ?? [])).toBe(text);
      expect(tree.messages.get(id)?.preview).toBe(text);
    }
    for (const header of tree.messages.values()) expect(messages.has(header.id)).toBe(true);
    expect(contextOf(messages.values(), tip).at(-1)?.id).toBe(tip);
  });

  it('has the conversation in the list as it was left', () => {
    const [header] = listed(foldConversations(noConversations, readPatches(of(CONVERSATIONS))));
    expect(header).toMatchObject({
      id: conversation,
      title: { text: 'Every kind', by: 'person' },
      temperature: 0.5,
      open: [],
    });
  });

  it('has what was offered, if an agent answered', () => {
    const offered = of(offersStream(conversation));
    expect(readOffers(offered)).toHaveLength(offered.length);
    for (const [agent, offer] of foldOffers(noOffers, readOffers(offered))) {
      expect(agent).toBe('Scripted');
      expect(optionsNow(offer).length).toBeGreaterThan(0);
    }
  });

  it.skipIf(BEFORE_FORKS.has(file))('has every kind of fork', () => {
    const headers = [...tree.messages.values()];
    expect(headers.filter(({ quotes }) => quotes).length).toBeGreaterThan(0);
    expect(tree.quoted.size).toBeGreaterThan(0);
    expect([...tree.asides.values()].flat()).toHaveLength(1);
    expect([...tree.marks.values()].some(({ kept }) => kept)).toBe(true);
    const origins = headers.map(({ origin }) => origin);
    expect(origins.some(({ begun = 0 }) => begun > 0)).toBe(true);
    expect(origins.some(({ instruction }) => instruction === 'Shorter')).toBe(true);
    const summary = headers.find(({ summary: found }) => found);
    expect(summary?.summary).toMatchObject({ keep: 1, words: 5 });
    const after = headers.find(({ parent }) => parent === summary?.id)?.id ?? '';
    expect(contextOf(messages.values(), after)[0]?.id).toBe(summary?.id);
  });

  it.runIf(file === '2026-11-folders.json')('has what agents did to files, and where each worked', () => {
    const headers = [...tree.messages.values()];
    const apart = headers.filter(({ copy }) => copy !== undefined);
    expect(apart).toEqual([expect.objectContaining({ copy: apart[0]?.id, folder: expect.any(String) })]);
    expect(headers.map(({ since }) => since).filter(Boolean)).toEqual([
      { files: 1, added: 2, removed: 0 },
      { files: 1, added: 1, removed: 0 },
    ]);
    const parts = messages.get(apart[0]?.id ?? '')?.parts.filter(({ kind }) => kind === 'snapshot');
    expect(parts).toMatchObject([
      { ran: { line: 'echo made' } },
      { turn: { files: 1 }, commit: expect.any(String) },
    ]);
    const [header] = listed(foldConversations(noConversations, readPatches(of(CONVERSATIONS))));
    expect(header?.copies).toBe(true);
  });

  it.runIf(file === '2026-11-files-and-chat-folders.json')(
    'has its files, what they were made of, and its place in the list',
    () => {
      const found = [...messages.values()].flatMap(({ parts }) => filesOf(parts));
      expect(found).toMatchObject([
        { name: 'oak.png', type: 'image/png' },
        { name: 'rings.pdf.txt', type: 'text/plain' },
        { name: 'rings.pdf.txt', original: { name: 'rings.pdf', type: 'application/pdf' } },
        { name: 'wind.wav', type: 'audio/wav', seconds: 2, original: { type: 'application/ogg' } },
      ]);
      const stored = [...messages.values()].flatMap(({ parts }) => storedIn(parts));
      const named = [...tree.messages.values()].flatMap(({ files: hashes = [] }) => hashes);
      expect(new Set(named)).toEqual(new Set(stored));
      const [header] = listed(foldConversations(noConversations, readPatches(of(CONVERSATIONS))));
      const folders = foldChatFolders(noChatFolders, readChatFolders(of(CONVERSATIONS)));
      expect(header).toMatchObject({ pinned: true, overflow: 'summarise' });
      expect(shownChatFolders(folders)).toEqual([{ id: header?.filed, name: 'Trees', removed: false }]);
      expect(folders.size).toBe(2);
    },
  );

  it('gives from its logs the messages that became of them', () => {
    const logs = Object.entries(streams).filter(
      ([name, items]) => parseStream(name)?.kind === 'reply' && items.length > 0,
    );
    expect(logs.length).toBeGreaterThan(3);
    for (const [, items] of logs) {
      const message = messageOf(foldReply(emptyReply, readReply(items)));
      if (message) expect(message).toEqual(messages.get(message.id));
    }
  });
});
