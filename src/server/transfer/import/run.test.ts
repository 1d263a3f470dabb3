import { afterEach, beforeEach, expect, it } from 'vitest';
import { wav } from '../../../protocol/files/testing-audio.ts';
import { textOf } from '../../../protocol/index.ts';
import type { ImportLine } from '../../../protocol/requests/transfer.ts';
import { type Bench, benchWith, FailingEngine } from '../../conversations/testing.ts';
import { createFileStore } from '../../files/index.ts';
import { folderFor, zipOf } from '../testing.ts';
import { type ImportDeps, previewImport, runImport } from './run.ts';

let folder: Awaited<ReturnType<typeof folderFor>>;
let made: Bench;
let deps: ImportDeps;
beforeEach(async () => {
  folder = await folderFor();
  made = await benchWith({ engine: new FailingEngine() });
  deps = { conversations: made.service, files: createFileStore(folder.path) };
});
afterEach(() => folder.clear());

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==',
  'base64',
);

async function lines(of: AsyncGenerator<ImportLine>): Promise<ImportLine[]> {
  const all: ImportLine[] = [];
  for await (const line of of) if (line.kind !== 'progress') all.push(line);
  return all;
}

const message = (id: string, parent: string | null, role: string, content: object) => ({
  id,
  parent,
  message: { author: { role }, content },
});
const text = (...parts: unknown[]) => ({ content_type: 'multimodal_text', parts });

function trees(count: number, extra: object = {}) {
  return Array.from({ length: count }, (_, index) => ({
    conversation_id: `c${index}`,
    title: `Chat ${index}`,
    mapping: {
      root: { id: 'root', message: null },
      q: message(
        'q',
        'root',
        'user',
        text('Draw a tree', {
          content_type: 'image_asset_pointer',
          asset_pointer: 'file-service://file-abc',
        }),
      ),
      a: message('a', 'q', 'assistant', text('Here it is')),
      b: message('b', 'q', 'assistant', text('Another')),
      ...extra,
    },
    current_node: 'a',
  }));
}

const whole = async (id: string) => {
  const { messages, tree, leaf } = await made.service.whole(id);
  return {
    texts: [...tree.messages.keys()].map((own) => textOf(messages.get(own)?.parts ?? [])),
    messages,
    leaf,
  };
};

it('shows what is in an archive and brings it in, with its files; again only what is new', async () => {
  const zip = zipOf({
    'conversations-000.json': JSON.stringify(trees(1)),
    'conversations-001.json': JSON.stringify([...trees(2).slice(1), { broken: true }]),
    'user.json': '{"id":"me"}',
    'file-abc-drawing.png': PNG,
    'message_feedback.json': JSON.stringify([{ id: 'b', rating: 'thumbs_up' }]),
  });
  const path = await folder.put('export.zip', zip);
  const wish = { path, name: 'export.zip' };
  const seen = await lines(previewImport(deps, wish));
  expect(seen).toMatchObject([
    {
      kind: 'conversation',
      title: 'Chat 0',
      source: 'ChatGPT',
      messages: 3,
      branches: 2,
      files: 1,
      standing: 'new',
      odd: [],
    },
    { kind: 'conversation', title: 'Chat 1' },
    {
      kind: 'unreadable',
      sentence: 'Conversation 2 of conversations-001.json is in no format that Bough knows.',
    },
    { kind: 'end' },
  ]);
  const [first] = seen;
  if (first?.kind !== 'conversation') throw new Error('no preview');
  expect(await lines(runImport(deps, { ...wish, wanted: new Set([first.id]) }))).toMatchObject([
    { kind: 'brought', id: first.id, added: 3, known: 0, missing: 0 },
    { kind: 'unreadable' },
    { kind: 'end' },
  ]);
  const { texts, messages, leaf } = await whole(first.id);
  expect(texts).toEqual(['Draw a tree', 'Here it is', 'Another']);
  const [question, answer] = [...messages.values()];
  expect(question?.parts[1]).toMatchObject({
    kind: 'file',
    name: 'file-abc-drawing.png',
    type: 'image/png',
    size: PNG.length,
  });
  expect(leaf).toBe(answer?.id);

  const more = await folder.put(
    'later.json',
    JSON.stringify(trees(1, { c: message('c', 'a', 'user', text('Thanks')) })),
  );
  expect(await lines(runImport(deps, { path: more, name: 'later.json' }))).toMatchObject([
    { kind: 'brought', id: first.id, added: 1, known: 3, missing: 1 },
    { kind: 'end' },
  ]);
  expect((await whole(first.id)).texts).toEqual(['Draw a tree', 'Here it is', 'Another', 'Thanks']);
  expect((await lines(previewImport(deps, wish)))[0]).toMatchObject({ standing: 'here' });
});

it('brings what was deleted here as another conversation', async () => {
  const path = await folder.put('export.json', JSON.stringify(trees(1)));
  const wish = { path, name: 'export.json' };
  const [first] = await lines(runImport(deps, wish));
  if (first?.kind !== 'brought') throw new Error('not brought');
  await made.service.execute('delete', { conversation: first.id });
  const [second] = await lines(runImport(deps, wish));
  expect(second).toMatchObject({ kind: 'brought', added: 3 });
  expect(second).not.toMatchObject({ id: first.id });
});

it('says of a bad file what is wrong, and brings the rest', async () => {
  const tries: [string, string | Uint8Array, object[]][] = [
    ['empty.json', '', [{ kind: 'stopped', sentence: 'empty.json is empty.' }]],
    [
      'words.json',
      'hello',
      [{ kind: 'unreadable', sentence: 'There is no conversation in words.json.' }, { kind: 'end' }],
    ],
    [
      'cut.zip',
      zipOf({ 'conversations.json': '[]' }).subarray(0, 40),
      [{ kind: 'stopped', sentence: 'cut.zip cannot be unpacked: it is cut off or damaged.' }],
    ],
    [
      'no.json',
      'a [1, {"b": [2, {{ {"c": oh',
      [{ kind: 'unreadable', sentence: 'no.json is no JSON: it is cut off or damaged.' }, { kind: 'end' }],
    ],
    [
      'begins-badly.jsonl',
      `{"messages": [oh]}\n${JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }] })}`,
      [
        { kind: 'unreadable', sentence: 'begins-badly.jsonl is no JSON: it is cut off or damaged.' },
        { kind: 'brought', added: 1 },
        { kind: 'end' },
      ],
    ],
    [
      'none.zip',
      zipOf({ 'picture.png': PNG }),
      [{ kind: 'stopped', sentence: 'There is no JSON file in this archive.' }],
    ],
    [
      'cut.json',
      JSON.stringify(trees(2)).slice(0, -40),
      [
        { kind: 'brought', title: 'Chat 0' },
        { kind: 'unreadable', sentence: 'Conversation 2 of cut.json is no JSON: it is cut off or damaged.' },
        { kind: 'end' },
      ],
    ],
  ];
  for (const [name, content, expected] of tries)
    expect(await lines(runImport(deps, { path: await folder.put(name, content), name }))).toMatchObject(
      expected,
    );
});

it('goes on where an import was stopped', async () => {
  const path = await folder.put('export.json', JSON.stringify(trees(1)));
  const wish = { path, name: 'export.json' };
  const stop = new AbortController();
  stop.abort();
  expect(await lines(runImport(deps, { ...wish, signal: stop.signal }))).toEqual([]);
  expect(await lines(runImport(deps, wish))).toMatchObject([{ kind: 'brought', added: 3 }, { kind: 'end' }]);
});

it('writes some conversations beside each other, and never many', async () => {
  const path = await folder.put('many.json', JSON.stringify(trees(40)));
  let [under, most] = [0, 0];
  const bring: Bench['service']['bring'] = async (...brought) => {
    under += 1;
    most = Math.max(most, under);
    try {
      return await made.service.bring(...brought);
    } finally {
      under -= 1;
    }
  };
  const { standing } = made.service;
  const conversations = { bring, standing: standing.bind(made.service) };
  const told = await lines(runImport({ ...deps, conversations }, { path, name: 'many.json' }));
  expect(told.flatMap((line) => (line.kind === 'brought' ? [line.title] : []))).toEqual(
    trees(40).map(({ title }) => title),
  );
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
});

it('keeps what was said aloud as audio that can be heard, and sent to models that hear', async () => {
  const spoken = text(
    { content_type: 'audio_transcription', text: 'Which trees are these?' },
    { content_type: 'audio_asset_pointer', asset_pointer: 'sediment://file_def' },
  );
  const zip = zipOf({
    'conversations.json': JSON.stringify(trees(1, { v: message('v', 'a', 'user', spoken) })),
    'c0/audio/file_def-spoken.wav': Buffer.from(wav(2)),
  });
  const path = await folder.put('export.zip', zip);
  const [brought] = await lines(runImport(deps, { path, name: 'export.zip' }));
  if (brought?.kind !== 'brought') throw new Error('not brought');
  const { messages } = await whole(brought.id);
  const said = [...messages.values()].find(({ parts }) => textOf(parts) === 'Which trees are these?');
  expect(said?.parts).toContainEqual({
    ...{ kind: 'file', hash: expect.any(String), name: 'file_def-spoken.wav', type: 'audio/wav' },
    ...{ size: wav(2).byteLength, seconds: 2 },
  });
});

it('says of a file of Bough that names no conversation that it does, and brings in the others', async () => {
  const own = (id: string) => ({ bough: 1, conversation: { id }, messages: [], marks: [] });
  const path = await folder.put('own.json', JSON.stringify([own('../../etc'), own('conversation-01')]));
  const said = await lines(runImport(deps, { path, name: 'own.json' }));
  expect(said).toMatchObject([
    { kind: 'unreadable', sentence: 'Conversation 1 of own.json does not say which conversation it is.' },
    { kind: 'brought', id: 'conversation-01' },
    { kind: 'end' },
  ]);
});
