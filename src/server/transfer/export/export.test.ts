import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ogg, wav } from '../../../protocol/files/testing-audio.ts';
import { textOf } from '../../../protocol/index.ts';
import type { ImportLine } from '../../../protocol/requests/transfer.ts';
import { benchWith, FailingEngine, MODEL } from '../../conversations/testing.ts';
import { createFileStore } from '../../files/index.ts';
import { type ImportDeps, runImport } from '../import/run.ts';
import { folderFor } from '../testing.ts';
import { PAGE_POLICY } from './html/script.ts';
import { fileNameOf } from './readable.ts';
import { exportOf, exportOfMany, frozenPage } from './run.ts';

let folder: Awaited<ReturnType<typeof folderFor>>;
beforeEach(async () => {
  folder = await folderFor();
});
afterEach(() => folder.clear());

async function place(name: string): Promise<
  ImportDeps & {
    conversations: Awaited<ReturnType<typeof benchWith>>['service'];
    files: ReturnType<typeof createFileStore>;
  }
> {
  const files = createFileStore(`${folder.path}/${name}`);
  const { service } = await benchWith({ engine: new FailingEngine(), files });
  return { conversations: service, files };
}

async function bring(deps: ImportDeps, content: string): Promise<ImportLine[]> {
  const path = await folder.put('given.json', content);
  const lines: ImportLine[] = [];
  for await (const line of runImport(deps, { path, name: 'given.json' })) lines.push(line);
  return lines.filter(({ kind }) => kind === 'brought' || kind === 'failed' || kind === 'unreadable');
}

async function textIn({ pieces }: Awaited<ReturnType<typeof exportOf>>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==';
const HOSTILE =
  '<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![p](https://evil.example/p.png) </script><!--\n\n```\n<b>code</b>\n```';

/** A tree with versions of both sides, a picture, thoughts, hostile words. */
const TREE = JSON.stringify([
  {
    conv: { id: 'conv', name: 'Trees & <others>', currNode: 5 },
    messages: [
      {
        id: 1,
        parent: -1,
        role: 'user',
        content: 'What is a tree?',
        timestamp: 1_730_000_000_000,
        extra: [{ name: 'p.png', base64Url: PNG }],
      },
      {
        id: 2,
        parent: 1,
        role: 'assistant',
        content: 'A **plant**.',
        thinking: 'Hm',
        model: 'qwen',
        timestamp: 1_730_000_001_000,
      },
      { id: 3, parent: 1, role: 'assistant', content: HOSTILE, model: 'llama', timestamp: 1_730_000_002_000 },
      { id: 4, parent: 2, role: 'user', content: 'And a forest?', timestamp: 1_730_000_003_000 },
      { id: 5, parent: 4, role: 'assistant', content: 'Many.', model: 'qwen', timestamp: 1_730_000_004_000 },
    ],
  },
]);

async function treeIn(deps: Awaited<ReturnType<typeof place>>) {
  const [made] = await bring(deps, TREE);
  if (made?.kind !== 'brought') throw new Error('not brought');
  return made.id;
}

it('gives all of it in its own form: another Bough has the same tree, and brings nothing twice', async () => {
  const [here, there] = [await place('here'), await place('there')];
  const id = await treeIn(here);
  const before = await here.conversations.whole(id);
  const [first, , third] = [...before.messages.keys()];
  await here.conversations.execute('mark', {
    conversation: id,
    marks: [{ message: third as string, star: true, pruned: true, label: 'Wrong', colour: 'red' }],
  });
  await here.conversations.execute('rename', { conversation: id, title: 'Named' });
  const whole = await here.conversations.whole(id);
  for (const query of [{ as: 'bough' } as const, { as: 'bough', conversation: id } as const]) {
    const text = await textIn(await exportOf(here, query));
    expect(await bring(there, text)).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ kind: 'brought', id })]),
    );
  }
  const copy = await there.conversations.whole(id);
  expect([...copy.messages]).toEqual([...whole.messages]);
  expect(copy.header).toMatchObject({
    title: { text: 'Named', by: 'person' },
    created: whole.header.created,
  });
  expect(
    [...copy.tree.marks].map(([own, { star, pruned, label, colour }]) => [
      own,
      star?.value,
      pruned?.value,
      label?.value,
      colour?.value,
    ]),
  ).toEqual([[third, true, true, 'Wrong', 'red']]);
  expect(copy.leaf).toBe(whole.leaf);
  const [file] = copy.messages.get(first as string)?.parts ?? [];
  expect(file?.kind === 'file' && (await there.files.read(file.hash))?.type).toBe('image/png');
});

/** The picture, saying where it was taken. */
function placed(): Buffer {
  const png = Buffer.from(PNG.split(',')[1] ?? '', 'base64');
  const said = Buffer.from('\0\0\0\x0etEXtPlace\x0051.5 N 0CRC!', 'latin1');
  return Buffer.concat([png.subarray(0, 33), said, png.subarray(33)]);
}

/** A picture that was made smaller and a recording that became WAV, with what they were made of. */
async function withOriginals(deps: Awaited<ReturnType<typeof place>>) {
  const contents = {
    small: placed(),
    large: Buffer.concat([placed(), Buffer.from('a larger one')]),
    heard: wav(2),
    recorded: ogg(2),
  };
  const stored = {
    small: await deps.files.add([contents.small]),
    large: await deps.files.add([contents.large], 'original'),
    heard: await deps.files.add([contents.heard]),
    recorded: await deps.files.add([contents.recorded], 'original'),
  };
  const [conversation, message] = ['with-originals', 'look-and-listen'];
  await deps.conversations.execute('create', { conversation });
  await deps.conversations.execute('send', {
    ...{ conversation, message, parent: null, text: 'Look and listen', reply: 'reply-to-it', model: MODEL },
    files: [
      { hash: stored.small.hash, name: 'cat.jpg', original: { hash: stored.large.hash, name: 'cat.heic' } },
      {
        hash: stored.heard.hash,
        name: 'memo.wav',
        original: { hash: stored.recorded.hash, name: 'memo.ogg' },
      },
    ],
  });
  return { conversation, message, contents, stored };
}

it('takes what files were made of along in its own form, and in no other', async () => {
  const [here, there] = [await place('here'), await place('there')];
  const { conversation, message, contents, stored } = await withOriginals(here);
  const own = await textIn(await exportOf(here, { as: 'bough', conversation }));
  expect(await bring(there, own)).toMatchObject([{ kind: 'brought', id: conversation }]);
  const parts = (await there.conversations.whole(conversation)).messages.get(message)?.parts;
  expect(parts).toEqual((await here.conversations.whole(conversation)).messages.get(message)?.parts);
  expect(parts).toMatchObject([
    { name: 'cat.jpg', type: 'image/png', original: { name: 'cat.heic', hash: stored.large.hash } },
    { name: 'memo.wav', type: 'audio/wav', seconds: 2, original: { name: 'memo.ogg' } },
    { kind: 'text' },
  ]);
  for (const name of ['small', 'large', 'heard', 'recorded'] as const)
    expect(Buffer.from((await there.files.read(stored[name].hash))?.bytes ?? [])).toEqual(
      Buffer.from(contents[name]),
    );
  const { html } = await frozenPage(here, { conversation, part: 'conversation', message: undefined });
  const others = [html, await textIn(await exportOf(here, { as: 'html', conversation }))];
  for (const as of ['markdown', 'openai', 'chatgpt'] as const)
    others.push(await textIn(await exportOf(here, { as, conversation })));
  for (const other of others) {
    expect(other).not.toMatch(/cat\.heic|memo\.ogg/);
    for (const secret of [contents.large, contents.recorded])
      expect(other).not.toContain(Buffer.from(secret).toString('base64').slice(-40, -4));
  }
});

it('says of a picture that leaves for others nothing but the picture', async () => {
  const here = await place('here');
  const { conversation, contents } = await withOriginals(here);
  const { html } = await frozenPage(here, { conversation, part: 'conversation', message: undefined });
  const line = await textIn(await exportOf(here, { as: 'openai', conversation }));
  for (const left of [html, await textIn(await exportOf(here, { as: 'html', conversation })), line]) {
    expect(left).toContain(PNG);
    expect(left).not.toContain(contents.small.toString('base64').slice(44, 60));
  }
  // What is brought into another Bough is what it was.
  const own = await textIn(await exportOf(here, { as: 'bough', conversation }));
  expect(own).toContain(contents.small.toString('base64'));
});

it('gives audio as audio: a player in the page, and what models take in the line of a path', async () => {
  const here = await place('here');
  const { conversation, contents } = await withOriginals(here);
  const audio = Buffer.from(contents.heard).toString('base64');
  const page = await textIn(await exportOf(here, { as: 'html', conversation }));
  const json = /id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  const { messages } = JSON.parse(json) as { messages: { html: string }[] };
  expect(messages[0]?.html).toContain(
    `<audio controls preload="none" src="data:audio/wav;base64,${audio}" aria-label="memo.wav"></audio>`,
  );
  expect(PAGE_POLICY).toContain("default-src 'none'");
  expect(PAGE_POLICY).toContain('media-src data:;');
  const line = JSON.parse(await textIn(await exportOf(here, { as: 'openai', conversation })));
  expect(line.messages[0].content).toContainEqual({
    ...{ type: 'input_audio', input_audio: { data: audio, format: 'wav' } },
  });
  expect(await textIn(await exportOf(here, { as: 'markdown', conversation }))).toContain('*File: memo.wav*');
});

it('takes pins and folders along, and makes a folder only where there never was one of its id', async () => {
  const [here, there] = [await place('here'), await place('there')];
  await bring(here, TREE);
  const [, conversation = ''] = await here.conversations.all();
  const folder = 'folder-0001';
  await here.conversations.execute('chat-folder', { folder, name: 'Botany' });
  await here.conversations.execute('arrange', { conversations: [conversation], filed: folder, pinned: true });
  const own = await textIn(await exportOf(here, { as: 'bough', conversation }));
  await bring(there, own);
  expect(await there.conversations.whole(conversation)).toMatchObject({
    header: { pinned: true, filed: folder },
    chatFolder: { id: folder, name: 'Botany' },
  });
  const elsewhere = await place('elsewhere');
  await elsewhere.conversations.execute('chat-folder', { folder, name: 'Plants' });
  await elsewhere.conversations.execute('chat-folder', { folder, removed: true });
  await bring(elsewhere, own);
  const whole = await elsewhere.conversations.whole(conversation);
  expect([whole.header.filed, whole.chatFolder]).toEqual([folder, undefined]);
  await elsewhere.conversations.execute('chat-folder', { folder, removed: false });
  expect((await elsewhere.conversations.whole(conversation)).chatFolder?.name).toBe('Plants');
  const odd = own.replace('"name":"Botany"', '"name":[1]');
  expect(odd).not.toBe(own);
  const last = await place('last');
  expect(await bring(last, odd)).toMatchObject([{ kind: 'brought' }]);
  expect((await last.conversations.whole(conversation)).header.filed).toBeUndefined();
});

it('writes the conversations that were chosen in one file, each once, and says in it which cannot be read', async () => {
  const [here, there] = [await place('here'), await place('there')];
  const id = await treeIn(here);
  const wanted = { as: 'bough' as const, conversations: [id, id, 'conversation-gone'] };
  const exported = exportOfMany(here, wanted);
  expect(exported.name).toBe('Bough, 2 conversations.bough.json');
  const text = await textIn(exported);
  expect(JSON.parse(text)).toMatchObject([
    { conversation: { id } },
    { unreadable: 'conversation-gone', sentence: 'This conversation does not exist.' },
  ]);
  expect(text.split('\n{"unreadable":')).toHaveLength(2);
  expect(await bring(there, text)).toContainEqual(expect.objectContaining({ kind: 'brought', id }));
});

it.each(['html', 'markdown'] as const)(
  'puts several into a zip as %s, a file each, and says which are missing',
  async (as) => {
    const here = await place('here');
    const one = await treeIn(here);
    const twin = JSON.stringify({ messages: [{ role: 'user', content: 'Trees & <others>' }] });
    const [other] = await bring(here, twin);
    if (other?.kind !== 'brought') throw new Error('not brought');
    await here.conversations.execute('rename', { conversation: other.id, title: 'TREES & others' });
    const ids = [one, other.id, 'conversation-gone', one];
    const { name, type, pieces } = exportOfMany(here, { as, conversations: ids });
    expect([name, type]).toEqual(['Bough, 3 conversations.zip', 'application/zip']);
    const bytes: Uint8Array[] = [];
    for await (const piece of pieces) bytes.push(piece as Uint8Array);
    const files = unzipSync(Buffer.concat(bytes));
    const ending = as === 'html' ? 'html' : 'md';
    // No two that a disk without case would take for one.
    expect(Object.keys(files)).toEqual([
      `Trees & others.${ending}`,
      `TREES & others (2).${ending}`,
      'Not exported.txt',
    ]);
    const [first, , missing] = Object.values(files).map((file) => new TextDecoder().decode(file));
    expect(first).toBe(await textIn(await exportOf(here, { as, conversation: one })));
    expect(missing).toBe('conversation-gone: This conversation does not exist.\n');
    // All of them, without saying which.
    expect((await exportOf(here, { as })).name).toBe('Bough.zip');
  },
);

it('writes Markdown of a path and of the whole, without what is hidden unless asked', async () => {
  const here = await place('here');
  const conversation = await treeIn(here);
  const { messages } = await here.conversations.whole(conversation);
  const [, second, , third] = [...messages.keys()];
  const markdown = async (more: object) =>
    textIn(await exportOf(here, { as: 'markdown', conversation, ...more }));
  expect(await markdown({ part: 'path', message: second })).toBe(
    '# Trees & <others>\n\n2024-10-27\n\n## You\n\n*File: p.png*\n\nWhat is a tree?\n\n## qwen\n\nA **plant**.\n',
  );
  const whole = await markdown({});
  expect(whole).toContain('## qwen (1 of 2)');
  expect(whole).toContain('## llama (2 of 2)\n\n*After “What is a tree?”:*');
  await here.conversations.execute('mark', {
    conversation,
    marks: [{ message: second as string, pruned: true }],
  });
  expect(await markdown({})).not.toContain('forest');
  expect(await markdown({ hidden: '1' })).toContain('forest');
  expect(await markdown({ part: 'subtree', message: third })).toContain('Many.');
});

it('writes in Markdown what tools were called with and what they gave', async () => {
  const here = await place('here');
  const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '{"at":"oaks"}' } };
  const said = [
    { role: 'user', content: 'Look' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'c', content: 'Three ``` oaks' },
    { role: 'assistant', content: 'There are three.' },
  ];
  const [made] = await bring(here, JSON.stringify({ messages: said }));
  if (made?.kind !== 'brought') throw new Error('not brought');
  expect(await textIn(await exportOf(here, { as: 'markdown', conversation: made.id }))).toContain(
    '*Tool: look*\n\n```\n{"at":"oaks"}\n```\n\n````\nThree ``` oaks\n````\n\nThere are three.\n',
  );
});

it('writes what other programs read: it comes back from there', async () => {
  const here = await place('here');
  const conversation = await treeIn(here);
  for (const as of ['chatgpt', 'openai'] as const) {
    const there = await place(as);
    const [made] = await bring(there, await textIn(await exportOf(here, { as, conversation })));
    if (made?.kind !== 'brought') throw new Error(`${as} does not come back`);
    const { messages } = await there.conversations.whole(made.id);
    const words = [...messages.values()].map(({ role, parts }) => `${role}: ${textOf(parts)}`);
    expect(words).toContain('user: And a forest?');
    expect(words).toHaveLength(as === 'chatgpt' ? 5 : 4);
  }
});

it('writes a page that runs its own script alone, whatever is said in it', async () => {
  const here = await place('here');
  const conversation = await treeIn(here);
  const { name, pieces, type } = await exportOf(here, { as: 'html', conversation });
  expect([name, type]).toEqual(['Trees & others.html', 'text/html; charset=utf-8']);
  const page = await textIn({ name, type, pieces });
  expect(page).toContain('<title>Trees &amp; &lt;others&gt;</title>');
  expect(page).toContain(PAGE_POLICY);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script/g)).toHaveLength(2);
  expect(page).not.toContain('<!--');
  const json = /id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  const { messages } = JSON.parse(json) as { messages: { html: string }[] };
  const html = messages.map((message) => message.html).join('\n');
  expect(html).toContain('<strong>plant</strong>');
  expect(html).toContain(`src="${PNG}"`);
  expect(html).not.toMatch(/<script|javascript:|src="http|<!--|onerror/);
  expect(html).toContain('&#x3C;b>code&#x3C;/b>');
});

/** How an exported page shows an answer. */
async function answeredIn(said: string): Promise<string> {
  const here = await place('here');
  const messages = [
    { id: 1, parent: -1, role: 'user', content: 'Write', timestamp: 1_730_000_000_000 },
    { id: 2, parent: 1, role: 'assistant', content: said, model: 'qwen', timestamp: 1_730_000_001_000 },
  ];
  const given = [{ conv: { id: 'conv', name: 'One', currNode: 2 }, messages }];
  const [made] = await bring(here, JSON.stringify(given));
  if (made?.kind !== 'brought') throw new Error('not brought');
  const page = await textIn(await exportOf(here, { as: 'html', conversation: made.id }));
  const json = /id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  return (JSON.parse(json) as { messages: { html: string }[] }).messages[1]?.html ?? '';
}

it('formats long blocks in a page, and says so where one is too long', async () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, n) => `  - item **${n}** of a list`).join('\n');
  const long = await answeredIn(`- first\n${items(2_000)}`);
  expect(long.match(/<li>/g)).toHaveLength(2_001);
  expect(long).not.toContain('**');
  const longer = await answeredIn(`Before.\n\n- first\n${items(8_000)}\n\n*After.*`);
  expect(longer).toContain('<p class="written">Shown as it was written: too much to format.</p>');
  expect(longer).toContain('item **7999** of');
  expect(longer).toContain('<em>After.</em>');
});

it('reads a message as one text in a page: addresses, notes and numbers that stand elsewhere', async () => {
  const rows = '| one | two |\n'.repeat(900);
  const table = await answeredIn(`| a | b |\n|---|---|\n${rows}\n\n\`\`\`ts\nlet unclosed;`);
  expect(table.match(/<table/g)).toHaveLength(1);
  expect(table.match(/<tr/g)).toHaveLength(901);
  const html = await answeredIn(
    `See [here][a] and the note[^1].\n\n${'1. an item of some words\n'.repeat(600)}\n[a]: https://a.example\n\n[^1]: The note.`,
  );
  expect(html).toContain('<a href="https://a.example">here</a>');
  expect(html).toContain('The note.');
  expect(html.match(/<ol/g)).toHaveLength(2);
  const [, id] = /<li id="([^"]+)">\s*<p[^>]*>The note/.exec(html) ?? [];
  expect(html).toContain(`href="#${id}"`);
});

it('shows alerts as GitHub has them, and lets nobody else make one', async () => {
  const html = await answeredIn('> [!WARNING]\n> Keep *this*.\n\n> [!NOTE] said');
  expect(html).toMatch(
    /<blockquote role="note" aria-label="Warning" data-alert="warning" dir="auto">\s*<p><strong>Warning<\/strong><\/p>\s*<p>Keep <em>this<\/em>/,
  );
  expect(html).toContain('[!NOTE] said');
  expect(await answeredIn('<blockquote role="note" data-alert="tip">x</blockquote>')).not.toContain(
    '<blockquote role',
  );
});

it('shows HTML in words as the text it is, and pictures of others as links', async () => {
  const html = await answeredIn(
    'Use a <div class="a"> here.\n\n| a |\n|:-:|\n| b<br>c |\n\n![A cat](https://pictures.example/cat.png)',
  );
  expect(html).toContain('Use a &#x3C;div class="a"> here.');
  expect(html).toContain('<td align="center" dir="auto">b<br>');
  expect(await answeredIn('[x](/settings) and [y](javascript:alert(1))')).toContain('<a>x</a> and <a>y</a>');
  expect(html).toContain('<a href="https://pictures.example/cat.png">Image: A cat</a>');
});

it('runs its script also where the source of functions names them by a helper, as while Bough is worked on', {
  timeout: 30_000,
}, async () => {
  const page = JSON.stringify(join(import.meta.dirname, 'html/script.ts'));
  // What is asked of the page first is answered; that it asks for more shows that it began.
  const program = `
    const { SCRIPT } = await import(${page});
    const data = { textContent: '{"messages":[],"leaf":null}' };
    const getElementById = (id) => { if (id === 'data') return data; console.log('asks for ' + id); process.exit(); };
    new Function('document', SCRIPT)({ getElementById });`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', '--input-type=module', '-e', program],
  ]);
  expect(stdout).toBe('asks for thread\n');
});

it('refuses what it cannot give', async () => {
  const here = await place('here');
  const conversation = await treeIn(here);
  await expect(exportOf(here, { as: 'openai' })).rejects.toMatchObject({ code: 'bad-request' });
  await expect(exportOf(here, { as: 'html', conversation: 'nowhere-to-be' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(exportOf(here, { as: 'html', conversation, message: 'nowhere-to-be' })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it.each([
  ['A logo.', 'A logo'],
  ['.hidden/..', 'hidden'],
  ['Ends soon...  ', 'Ends soon'],
  ['...', 'Conversation'],
  ['Con', 'Con (chat)'],
  [`${'a'.repeat(79)}🏮`, 'a'.repeat(79)],
])('names the file of “%s” so that every system takes it', (title, name) => {
  expect(fileNameOf(title)).toBe(name);
});
