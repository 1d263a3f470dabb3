/** The doctor on real folders to which something was done: what it finds, that looking changes nothing, and what is there once it has mended. */
import { appendFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Message } from '../../../protocol/index.ts';
import {
  branchStream,
  CONVERSATIONS,
  outlineStream,
  replyStream,
  textOf,
  VERSION,
} from '../../../protocol/index.ts';
import { violationsOf } from '../../conversations/simulation/invariants.ts';
import { noneAcknowledged } from '../../conversations/simulation/person.ts';
import { Random } from '../../conversations/simulation/random.ts';
import { newestFolds, trueList } from '../../conversations/simulation/truth.ts';
import { id } from '../../conversations/testing.ts';
import { openEmbeddedEngine } from '../../engine/embedded/index.ts';
import { logOf, tear } from '../../engine/embedded/testing.ts';
import { type Engine, type Offset, readAll, START } from '../../engine/index.ts';
import { storedHashes } from '../../files/index.ts';
import { checkSound } from '../soundness.ts';
import { command, commandWith, folderWith, JOURNEYS, KYOTO, OSAKA, tempFolders, usual } from '../testing.ts';

vi.setConfig({ testTimeout: 60_000 });

const folderOf = tempFolders();

async function usualFolder(options: { readonly segmentItems?: number } = {}): Promise<string> {
  const data = join(await folderOf(), 'data');
  await folderWith(data, usual, options);
  return data;
}

const LONG = `answers a at length, ${'and goes on, '.repeat(40)}to an end`;

async function folderWithLong({ logs = false } = {}): Promise<string> {
  const data = join(await folderOf(), 'data');
  await folderWith(data, async (talk, _, engine) => {
    await talk.create(KYOTO);
    await talk.send(KYOTO, 'a', null);
    await talk.answer('a', LONG);
    for (const name of ['b', 'c']) {
      await talk.send(KYOTO, name, 'ra');
      await talk.answer(name);
    }
    if (!logs) for (const name of ['a', 'b', 'c']) await engine.delete(replyStream(KYOTO, id(`r${name}`)));
  });
  return data;
}

async function withEngine<T>(data: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEmbeddedEngine(data);
  try {
    return await work(engine);
  } finally {
    await engine.shutdown();
  }
}

/** Every file of the storage with its bytes, but for the database, which is not read by bytes. */
async function bytesOf(data: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('metadata')) continue;
    const path = join(entry.parentPath, entry.name);
    found[path] = (await readFile(path)).toString('base64');
  }
  return found;
}

/** Looks without changing anything; answers what was said. */
async function looked(data: string): Promise<{ code: number; text: string }> {
  const before = await bytesOf(data);
  const said = await command(data, 'doctor');
  expect(await bytesOf(data)).toEqual(before);
  return said;
}

/** Mends, and holds what is there then against the invariants of the simulation, once Bough has started on it. */
async function mended(data: string, { lost = false } = {}): Promise<string> {
  const { code, text } = await command(data, 'doctor', '--fix');
  expect(code, text).toBe(lost ? 1 : 0);
  expect([/^Lost:$/m.test(text), text.includes('All is well.')], text).toEqual([lost, !lost]);
  expect(await looked(data)).toMatchObject({ code: 0 });
  await folderWith(data, async ({ service }, _, engine) => {
    const world = { random: new Random(1), memory: engine, strays: false };
    for (const conversation of (await trueList(world)).keys()) {
      await service.open(conversation);
      const all = await violationsOf(world, conversation, noneAcknowledged());
      // The words of the simulation are numbered.
      const wrong = all.filter((violation) => !violation.includes('words lost'));
      // What stands in for a lost message says less than it did, and an old segment still says what was wrong.
      if (!lost) expect(wrong).toEqual([]);
    }
  });
  return text;
}

async function words(data: string, branch: string, conversation = KYOTO): Promise<string[]> {
  return withEngine(data, async (engine) => {
    const { items } = await readAll(engine, branchStream(conversation, branch), START);
    return (items as Message[]).filter(({ kind }) => kind === 'message').map(({ parts }) => textOf(parts));
  });
}

/** As whoever begins to read sees it. */
const folded = (data: string, conversation = KYOTO) =>
  withEngine(data, (engine) => newestFolds({ memory: engine }, conversation));

test.each([
  ['as it is', {}],
  ['whose indexes rolled over', { segmentItems: 3 }],
])('a folder %s is well; what a killed Bough leaves is nothing to worry about', async (_, options) => {
  const data = await usualFolder(options);
  const said = await looked(data);
  expect(said).toMatchObject({ code: 0 });
  expect(said.text).toContain('2 conversations with 9 messages');
  expect(said.text).toContain('1 reply was being written when Bough ended: the text is kept');
  expect(said.text).toContain('All is well.');
  const before = await bytesOf(data);
  expect(await command(data, 'doctor', '--fix')).toMatchObject({ code: 0 });
  expect(await bytesOf(data)).toEqual(before);
});

test('what is so of many conversations is told in one line', async () => {
  const data = join(await folderOf(), 'data');
  await folderWith(data, async (talk) => {
    for (const name of ['k', 'l', 'm']) {
      await talk.create(id(`of-${name}`));
      await talk.send(id(`of-${name}`), name, null);
      await talk.runner.say(id(`r${name}`), 'It begins');
    }
  });
  const { code, text } = await looked(data);
  expect(code).toBe(0);
  expect(text.split('\n').filter((line) => line.startsWith('- '))).toEqual([
    '- 3 conversations: 3 replies were being written when Bough ended: the text is kept.',
  ]);
});

test('while Bough runs it says so, and looks at nothing', async () => {
  const data = await usualFolder();
  await withEngine(data, async () => {
    const said = await command(data, 'doctor', '--fix');
    expect(said).toMatchObject({ code: 1 });
    expect(said.text).toContain(`Bough is running in ${data}: stop it first`);
  });
  expect((await command(join(data, 'none'), 'doctor')).text).toContain('There is no Bough data');
  expect((await command(data, 'doctor', '--all')).code).toBe(2);
});

test('an outline that is gone is made again from its branches', async () => {
  const data = await usualFolder();
  const before = await folded(data);
  await withEngine(data, (engine) => engine.delete(outlineStream(KYOTO)));
  const said = await looked(data);
  expect(said).toMatchObject({ code: 1 });
  expect(said.text).toContain('“Kyoto”');
  expect(said.text).toContain('8 messages of its branches are missing from its outline');
  expect(said.text).toContain('its outline lacks 3 branches');
  await mended(data);
  const after = await folded(data);
  expect(after.tree.messages).toEqual(before.tree.messages);
  expect(after.tree.children).toEqual(before.tree.children);
  for (const [name, generation] of before.tree.generations)
    expect(after.tree.generations.get(name)).toMatchObject({
      parent: generation.parent,
      end: generation.end,
    });
  for (const [name, branch] of before.tree.branches)
    expect(after.tree.branches.get(name)).toMatchObject({ kind: branch.kind, from: branch.from });
});

test('a list that is gone is made again from the outlines', async () => {
  const data = await usualFolder();
  await withEngine(data, (engine) => engine.delete(CONVERSATIONS));
  expect((await looked(data)).text).toContain('it is missing from the list of conversations');
  await mended(data);
  const { list } = await folded(data);
  expect(list.get(KYOTO)?.header).toMatchObject({ title: { text: 'says a', by: 'words' }, archived: false });
  expect(list.get(OSAKA)?.header.created).toBeGreaterThan(0);
  expect(list.get(OSAKA)?.header.open).toEqual([]);
});

test('a branch that no outline knows of comes back with its words', async () => {
  const data = await usualFolder();
  const { tree } = await folded(data);
  await withEngine(data, async (engine) => {
    const stream = branchStream(KYOTO, id('x'));
    await engine.fork(stream, {
      stream: branchStream(KYOTO, id('a')),
      offset: tree.messages.get(id('ra'))?.end ?? '',
    });
    const said = {
      v: VERSION,
      kind: 'message',
      role: 'user',
      author: { kind: 'user' },
      origin: { kind: 'fork' },
    };
    await engine.append(stream, [
      { ...said, id: id('x'), parent: id('ra'), parts: [{ kind: 'text', text: 'found' }], time: 5 },
    ]);
    await engine.create(branchStream(KYOTO, id('empty')));
  });
  const { text } = await looked(data);
  expect(text).toContain('its outline lacks 1 branch');
  expect(text).toContain('holds nothing, and nothing speaks of it');
  await mended(data);
  const after = await folded(data);
  expect(after.tree.branches.get(id('x'))).toMatchObject({ kind: 'fork', from: { message: id('ra') } });
  expect(after.tree.messages.get(id('x'))).toMatchObject({ parent: id('ra'), preview: 'found' });
  expect(await withEngine(data, (engine) => engine.head(branchStream(KYOTO, id('empty'))))).toBeNull();
});

test('what an outline says wrongly is said anew in its next segment; marks stay', async () => {
  const data = await usualFolder();
  const { tree } = await folded(data);
  const first = tree.messages.get(id('a'));
  await withEngine(data, async (engine) => {
    const { items } = await readAll(engine, outlineStream(KYOTO), START);
    await engine.delete(outlineStream(KYOTO));
    await engine.create(outlineStream(KYOTO));
    const ghost = { ...first, id: id('ghost'), parent: id('ra'), preview: 'never there' };
    const wrong = { ...first, end: tree.messages.get(id('ra'))?.end };
    const changed = [wrong, ghost].map((message) => ({ v: VERSION, kind: 'message', message }));
    await engine.append(outlineStream(KYOTO), [...changed, ...items]);
  });
  const { text } = await looked(data);
  expect(text).toContain('its outline has 1 message at a wrong place');
  expect(text).toContain('1 message can no longer be read, but for how it begins: “never there”');
  await mended(data, { lost: true });
  const after = await folded(data);
  expect(after.segments).toBe(2);
  expect(after.tree.messages).toEqual(tree.messages);
  expect(after.tree.marks).toEqual(tree.marks);
});

test('a torn end is nothing to worry about, and only the next start cuts it', async () => {
  const data = await usualFolder();
  tear(join(data, 'engine'), branchStream(KYOTO, id('a')), Buffer.from([0, 0, 0, 80, 123, 34]));
  const { code, text } = await looked(data);
  expect(code).toBe(0);
  expect(text).toContain('1 log ends in the middle of a write nobody was told of');
  await mended(data);
});

test('a message whose bytes were changed is told by how it began; what follows it, and every fork, can be read and goes on', async () => {
  const data = await folderWithLong();
  const log = logOf(join(data, 'engine'), branchStream(KYOTO, id('a')));
  const bytes = await readFile(log);
  const at = bytes.indexOf('answers a') + 300;
  await writeFile(
    log,
    Buffer.concat([bytes.subarray(0, at - 200), Buffer.alloc(150), bytes.subarray(at - 50)]),
  );
  const { code, text } = await looked(data);
  expect(code).toBe(1);
  expect(text).toContain('Lost:');
  expect(text).toContain('“answers a at length, and goes on');
  const said = await mended(data, { lost: true });
  expect(said).toContain('What was replaced or taken away is in');
  expect(said).toMatch(
    /^Lost:\n- .*1 message can no longer be read, but for .*\n\nAll that is left can be read\.$/m,
  );
  expect(said).not.toContain('Mended:');
  expect(await words(data, id('c'))).toEqual([
    'says a',
    expect.stringMatching(
      /^answers a at length,.* and…\n\n\[The rest of this message was damaged, and is lost\.\] +$/,
    ),
    'says c',
    'answers c',
  ]);
  await folderWith(data, async (talk) => {
    await talk.send(KYOTO, 'f', 'rc');
    await talk.answer('f');
  });
  expect((await words(data, id('c'))).slice(-2)).toEqual(['says f', 'answers f']);
  const kept = await readdir(join(data, 'set-aside'), { recursive: true });
  expect(kept.filter((name) => name.endsWith('.log'))).toHaveLength(1);
});

test('what was damaged in a branch and stands elsewhere too comes back word for word', async () => {
  const data = await folderWithLong({ logs: true });
  const log = logOf(join(data, 'engine'), branchStream(KYOTO, id('a')));
  const bytes = await readFile(log);
  await writeFile(log, bytes.fill(0, bytes.indexOf('answers a') + 50, bytes.indexOf('answers a') + 200));
  expect((await looked(data)).text).toContain('all its messages can be read elsewhere');
  await mended(data);
  expect(await words(data, id('c'))).toEqual(['says a', LONG, 'says c', 'answers c']);
});

test('a log that lost its end, or all of it, keeps the place of what was in it', async () => {
  const data = await usualFolder();
  await withEngine(data, async (engine) => {
    for (const name of ['rb', 'rd']) await engine.delete(replyStream(KYOTO, id(name)));
  });
  const path = logOf(join(data, 'engine'), branchStream(KYOTO, id('a')));
  await truncate(path, (await readFile(path)).indexOf('answers b') - 20);
  await rm(logOf(join(data, 'engine'), branchStream(KYOTO, id('d'))));
  const { text } = await looked(data);
  expect(text).toContain('1 message can no longer be read, but for how it begins: “answers b”');
  expect(text).toContain(
    '2 messages can no longer be read, but for how they begin: “other words”, “answers d”',
  );
  await mended(data, { lost: true });
  // What was short is known whole.
  expect(await words(data, id('a'))).toEqual(['says a', 'answers a', 'says b', 'answers b']);
  expect(await words(data, id('d'))).toEqual(['says a', 'answers a', 'other words', 'answers d']);
});

test('files that belong to nothing are kept aside; attached files that are gone or changed are told', async () => {
  const data = await usualFolder();
  await writeFile(join(data, 'engine', 'streams', 'left.log'), 'something');
  const [hash = ''] = await storedHashes(join(data, 'files'));
  await appendFile(join(data, 'files', hash.slice(0, 2), hash), 'more');
  const { code, text } = await looked(data);
  expect(code).toBe(1);
  expect(text).toContain('left.log belongs to no stream');
  expect(text).toContain(`its attached file a.png (${hash}) is damaged`);
  const after = await command(data, 'doctor', '--fix');
  // The picture is gone for good, and goes on being told.
  expect(after.code).toBe(1);
  expect(after.text).toContain('its attached file a.png is not there');
  expect(after.text).not.toContain('is damaged');
  expect(after.text).toMatch(/^Mended:\n- the storage: the file .*left\.log belongs to no stream/m);
  const kept = await readdir(join(data, 'set-aside'), { recursive: true });
  expect(kept).toEqual(
    expect.arrayContaining([expect.stringContaining('left.log'), expect.stringContaining(hash)]),
  );
});

test('without its database nothing is moved: it says that a backup is needed', async () => {
  const data = await usualFolder();
  for (const name of ['metadata.lmdb', 'metadata.lmdb-lock']) await rm(join(data, 'engine', name));
  const { code, text } = await looked(data);
  expect(code).toBe(1);
  expect(text).toMatch(/its database .* is not there or empty, beside \d+ logs: restore a backup/);
  const before = await bytesOf(data);
  expect(await command(data, 'doctor', '--fix')).toMatchObject({ code: 1 });
  expect(await bytesOf(data)).toEqual(before);
});

test.each([
  ['overwritten', (bytes: Buffer) => bytes.fill(7)],
  ['cut off', (bytes: Buffer) => bytes.subarray(0, 9_000)],
])('a database that was %s is told, and ends nobody who asks', async (_, change) => {
  const data = await usualFolder();
  const path = join(data, 'engine', 'metadata.lmdb');
  await writeFile(path, change(await readFile(path)));
  for (const args of [['doctor'], ['doctor', '--fix'], ['backup', join(data, '..', 'x.backup')]]) {
    const said = await commandWith({ checkSound }, data, args);
    expect(said).toMatchObject({ code: 1 });
    expect(said.text).toContain('is damaged: restore a backup');
  }
});

test('what a later version wrote is no damage, and is there after mending', async () => {
  const data = await usualFolder();
  const quote = { v: 1, kind: 'quote', of: id('a') };
  const parts = [
    { kind: 'itinerary', steps: [1] },
    { kind: 'text', text: 5 },
  ];
  const critic = { kind: 'message', id: id('later'), parent: id('rb'), role: 'critic', parts, time: 'noon' };
  await withEngine(data, async (engine) => {
    await engine.append(branchStream(KYOTO, id('a')), [{ v: 1, ...critic }]);
    await engine.append(outlineStream(KYOTO), [quote]);
  });
  await folderWith(data, async ({ service }) => service.open(KYOTO));
  expect(await looked(data)).toMatchObject({ code: 0 });
  // An outline whose segment must be written anew: a message of it is not where it says.
  await withEngine(data, async (engine) => {
    const { items } = await readAll(engine, outlineStream(KYOTO), START);
    const { message } = items.find((item) => (item as { kind?: string }).kind === 'message') as {
      message: object;
    };
    await engine.append(outlineStream(KYOTO), [
      { v: 1, kind: 'message', message: { ...message, id: id('ghost'), start: '0_9', end: '0_99' } },
    ]);
  });
  const { text } = await command(data, 'doctor', '--fix');
  expect(text).toMatch(/they are in no branch/);
  const { tree } = await folded(data);
  expect([...tree.others.values()]).toContainEqual(quote);
  expect(tree.messages.get(id('later'))).toMatchObject({ parent: id('rb'), preview: '[message]' });
});

test('what a later version said in the list is there once, after the list was written anew', async () => {
  const data = await usualFolder();
  const folder = { v: 1, kind: 'folder', name: 'work' };
  // Closed without saying where it goes on: nobody can write to it any more.
  await withEngine(data, (engine) => engine.append(CONVERSATIONS, [folder, folder], { close: true }));
  expect(await looked(data)).toMatchObject({ code: 1 });
  expect(await command(data, 'doctor', '--fix')).toMatchObject({ code: 0 });
  expect(await looked(data)).toMatchObject({ code: 0 });
  const items = await withEngine(data, async (engine) => (await readAll(engine, CONVERSATIONS, START)).items);
  expect(items.filter((item) => (item as { kind?: string }).kind === 'folder')).toEqual([folder]);
  const { list, folders } = await folded(data);
  expect(list.get(KYOTO)?.header).toMatchObject({ title: { text: 'Kyoto' }, filed: JOURNEYS, pinned: true });
  expect(folders.get(JOURNEYS)?.folder.name).toBe('Journeys');
});

test.each([
  ['that is not named after its first message', []],
  ['whose first message can no longer be read', [{ v: 1, kind: 'message', id: id('x'), parts: 'none' }]],
])('a branch %s keeps all that the outline has in it', async (_, before) => {
  const data = await usualFolder();
  const conversation = id('nara');
  const branch = id('elsewhere');
  const said = ['x1', 'x2', 'x3'].map((name) => ({
    ...{ v: 1, kind: 'message', id: id(name), role: 'user', author: { kind: 'person' }, time: 1 },
    ...{ origin: { kind: 'new' }, parts: [{ kind: 'text', text: `says ${name}` }] },
    parent: name === 'x1' ? null : id('x1'),
  }));
  await withEngine(data, async (engine) => {
    await engine.append(CONVERSATIONS, [{ v: 1, kind: 'conversation', id: conversation, at: 1, created: 1 }]);
    const stream = branchStream(conversation, branch);
    await engine.create(stream);
    let next: Offset = START;
    const index: object[] = [
      { v: 1, kind: 'branch', branch: { id: branch, kind: 'root', from: null, at: 1 } },
    ];
    for (const item of [...before, ...said]) {
      const start = next;
      const appended = await engine.append(stream, [item]);
      if (appended.kind !== 'appended') throw new Error(appended.kind);
      next = appended.next;
      const { v: _v, kind: _kind, parts: _parts, ...header } = item as (typeof said)[number];
      if (said.includes(item as (typeof said)[number]))
        index.push({ v: 1, kind: 'message', message: { ...header, preview: '', branch, start, end: next } });
    }
    await engine.create(outlineStream(conversation));
    await engine.append(outlineStream(conversation), index);
  });
  expect(await looked(data)).toMatchObject({ code: 0 });
  await command(data, 'doctor', '--fix');
  expect([...(await folded(data, conversation)).tree.messages.keys()]).toEqual(['x1', 'x2', 'x3'].map(id));
});
