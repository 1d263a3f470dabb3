/** Everything from a data folder to an engine, back, and from engine to engine. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { branchStream, type Message, textOf } from '../../../protocol/index.ts';
import { createAccess, openTokenFile } from '../../access/index.ts';
import { newestFolds } from '../../conversations/simulation/truth.ts';
import { bench, id, MODEL } from '../../conversations/testing.ts';
import { openEmbeddedEngine } from '../../engine/embedded/index.ts';
import { type Engine, EngineUnavailable, readAll, START } from '../../engine/index.ts';
import { openRemote } from '../../engine/remote/index.ts';
import { type EngineProcess, referenceServer } from '../../engine/remote/testing/reference.ts';
import { createFileStore } from '../../files/index.ts';
import { PNG } from '../../files/testing.ts';
import { openShareFolder } from '../../shares/share-store.ts';
import {
  command,
  folderWith,
  goOn,
  JOURNEYS,
  KYOTO,
  OSAKA,
  PDF,
  readEverything,
  type Talk,
  tempFolders,
  usual,
  withOriginal,
} from '../testing.ts';
import { MoveError, openPlace, placeName, type StoragePlace } from './place.ts';
import { move } from './run.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let reference: EngineProcess;
let other: EngineProcess;
beforeAll(async () => {
  [reference, other] = await Promise.all([referenceServer(), referenceServer()]);
});
afterAll(() => Promise.all([reference.stop(), other.stop()]));

const folder = tempFolders();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

let runs = 0;
const engineUrl = (at: EngineProcess): string => {
  runs += 1;
  return `${at.url}/move-${runs}`;
};

async function open(text: string, isSource = true): Promise<StoragePlace> {
  const place = await openPlace(placeName(text, '/'), { isSource, trouble: () => {} });
  opened.push(place);
  return place;
}

/** Deeper than forks go: chains are copied. Versions, marks, system prompts, a closed branch, an aside. */
async function intricate(talk: Talk, hash: string): Promise<void> {
  await usual(talk, hash);
  const { service } = talk;
  const conversation = KYOTO;
  await service.execute('system', {
    conversation,
    message: id('system'),
    after: id('ra'),
    text: 'Be brief.',
  });
  let parent = 'ra';
  for (let n = 0; n < 6; n += 1) {
    await talk.send(conversation, `deep${n}`, parent);
    await talk.answer(`deep${n}`);
    const version = { conversation, of: id(`deep${n}`), message: id(`also${n}`), text: `also ${n}` };
    await service.execute('edit', { ...version, reply: id(`ralso${n}`), model: MODEL });
    await talk.answer(`also${n}`);
    parent = `ralso${n}`;
  }
  const item = { role: 'user' as const, content: 'From a program' };
  const asked = { conversation, branch: id('closed'), by: { name: 'A program' }, items: [item] };
  await service.put({
    ...asked,
    ...{ from: { branch: id('a') }, text: 'once', close: true, onlyNew: true },
  });
  const aside = { conversation, message: id('aside'), parent: id('ra'), reply: id('raside') };
  await service.execute('send', { ...aside, text: 'An aside', model: MODEL, origin: 'aside' });
  await talk.answer('aside');
  await service.execute('archive', { conversation: OSAKA });
  await service.execute('chat-folder', { folder: id('empty'), name: 'Empty' });
  await service.execute('chat-folder', { folder: id('empty'), removed: true });
}

/** All of it, as people and models read it: texts by id with their parents, marks, n/m, the list. */
async function shape(engine: Pick<Engine, 'read' | 'head'>) {
  const conversations = [];
  for (const conversation of [KYOTO, OSAKA]) {
    const { tree, list, folders } = await newestFolds({ memory: engine }, conversation);
    const texts: Record<string, unknown> = {};
    for (const { id: message, branch } of tree.messages.values()) {
      const { items } = await readAll(engine, branchStream(conversation, branch), START);
      const found = items.find((item) => (item as Message).id === message) as Message;
      texts[message] = [found.parent, textOf(found.parts), found.time, found.origin, found.finish];
    }
    conversations.push({
      texts,
      ...{ children: [...tree.children], marks: [...tree.marks], ends: [...tree.ends] },
      branches: [...tree.branches.values()].map(({ id: branch, kind, from }) => [
        branch,
        kind,
        from?.message,
      ]),
      header: list.get(conversation)?.header,
      folders: [...folders],
    });
  }
  return conversations;
}

const moveAll = async (from: string, to: string) => {
  const [source, target] = [await open(from), await open(to, false)];
  const moved = await move(source, target, { still: 40 });
  for (const each of opened.splice(0)) await each.close();
  return moved;
};

const shapeAt = async (text: string) => {
  const place = await open(text);
  const found = await shape(place.engine);
  for (const each of opened.splice(0)) await each.close();
  return found;
};

test('from a folder to an engine, to another engine, and back: the same everywhere, and people go on from all of it', async () => {
  const data = await folder();
  await folderWith(data, intricate, { segmentItems: 12, forkDepth: 2 });
  const tokens = createAccess({ store: await openTokenFile(join(data, 'access.json')) });
  const { secret } = await tokens.make({ name: 'Mine', scope: 'owner' });
  const share = {
    id: 'share-001',
    secret: 'x'.repeat(32),
    conversation: KYOTO,
    part: 'conversation' as const,
  };
  await openShareFolder(join(data, 'shares')).keep(
    { ...share, title: 'Kyoto', messages: 3, made: 5, updated: 6 },
    '<p>frozen</p>',
  );
  const [first, second, back] = [engineUrl(reference), engineUrl(other), await folder()];

  expect(await moveAll(data, first)).toMatchObject({
    ...{ conversations: 2, known: 0, files: 1, tokens: 1, shares: 1 },
    ...{ wrong: [], changed: [] },
  });
  const before = await shapeAt(data);
  expect(Object.keys(before[0]?.texts ?? {}).length).toBeGreaterThan(25);
  expect(before[0]).toMatchObject({ header: { filed: JOURNEYS, pinned: true }, folders: { length: 2 } });
  expect(before[0]?.branches.some(([, kind]) => kind === 'copy')).toBe(true);
  expect(await shapeAt(first)).toEqual(before);
  expect(await moveAll(first, second)).toMatchObject({ conversations: 2, known: 0, wrong: [], changed: [] });
  await rm(back, { recursive: true });
  expect(await moveAll(second, back)).toMatchObject({ conversations: 2, known: 0, wrong: [] });
  expect(await shapeAt(back)).toEqual(before);

  expect((await createFileStore(join(back, 'files')).read((await hashIn(back)) ?? ''))?.bytes).toEqual(PNG);
  const access = createAccess({ store: await openTokenFile(join(back, 'access.json')) });
  expect((await access.check(secret, 'me')).kind).toBe('good');
  const store = openShareFolder(join(back, 'shares'));
  const shown = (await store.all()).get(share.id);
  expect(shown && (await store.page(shown))).toBe('<p>frozen</p>');
  const { code, text } = await command(back, 'doctor');
  expect([code, text]).toEqual([0, expect.stringContaining('All is well.')]);

  const engine = await openEmbeddedEngine(back);
  try {
    const made = bench({ engine });
    await made.service.start();
    await readEverything(engine);
    await goOn({ ...made } as never, engine);
    await made.service.shutdown();
  } finally {
    await engine.shutdown();
  }
});

test('what a file was made of goes along, to an engine and back', async () => {
  const [data, back] = [await folder(), await folder()];
  let original = '';
  await folderWith(data, async (talk, hash) => {
    await usual(talk, hash);
    original = await withOriginal(talk, data);
    await talk.answer('read');
  });
  const url = engineUrl(reference);
  expect(await moveAll(data, url)).toMatchObject({ files: 3, wrong: [], changed: [] });
  await rm(back, { recursive: true });
  expect(await moveAll(url, back)).toMatchObject({ files: 3, wrong: [] });
  expect(Buffer.from((await createFileStore(join(back, 'files')).read(original))?.bytes ?? [])).toEqual(
    Buffer.from(PDF),
  );
});

const hashIn = async (data: string): Promise<string | undefined> => {
  const place = await open(data);
  const { tree } = await newestFolds({ memory: place.engine }, KYOTO);
  for (const each of opened.splice(0)) await each.close();
  return [...tree.messages.values()].flatMap(({ files = [] }) => files)[0];
};

test('a move that breaks off anywhere goes on, and doubles nothing', async () => {
  const data = await folder();
  await folderWith(data, intricate, { forkDepth: 2 });
  const url = engineUrl(reference);
  let broken = 0;
  for (let calls = 3; ; calls += 11) {
    const [source, target] = [await open(data), await open(url, false)];
    let left = calls;
    const append = target.engine.append.bind(target.engine);
    vi.spyOn(target.engine, 'append').mockImplementation(async (...asked) => {
      left -= 1;
      const done = left === 0 || left < -3 ? null : await append(...asked);
      // What was asked was done, and its answer is lost, or nothing goes through any more.
      if (left < 0 || done === null) throw new EngineUnavailable('Cut.');
      return done;
    });
    const moved = await move(source, target).catch((error: unknown) => error);
    for (const each of opened.splice(0)) await each.close();
    if (!(moved instanceof MoveError)) {
      expect(moved).toMatchObject({ conversations: 2, wrong: [] });
      break;
    }
    broken += 1;
    expect(moved.message).toMatch(/goes on\.$/);
  }
  expect(broken).toBeGreaterThan(3);
  expect(await shapeAt(url)).toEqual(await shapeAt(data));
  // Once more: nothing is new.
  const again = await moveAll(data, url);
  expect(again.known).toBe(again.messages);
  const engine = openRemote({ url });
  opened.push({ close: () => engine.shutdown() });
  const { tree } = await newestFolds({ memory: engine }, KYOTO);
  for (const { id: branch } of tree.branches.values()) {
    const { items } = await readAll(engine, branchStream(KYOTO, branch), START);
    const ids = items.map((item) => (item as Message).id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test('what was said since is brought by the same command, and what is changed or lost on the way is told', async () => {
  const data = await folder();
  await folderWith(data, usual);
  const url = engineUrl(reference);
  await moveAll(data, url);
  const engine = await openEmbeddedEngine(data);
  const made = bench({ engine });
  await made.service.execute('send', {
    ...{ conversation: KYOTO, message: id('late'), parent: id('rd'), reply: id('rlate') },
    ...{ text: 'later', model: MODEL },
  });
  await made.runner.end(id('rlate'));
  await made.service.shutdown();
  await engine.shutdown();
  expect(await moveAll(data, url)).toMatchObject({ wrong: [] });
  expect(await shapeAt(url)).toEqual(await shapeAt(data));

  // A branch of the copy loses its last message.
  const [source, target] = [await open(data), await open(url, false)];
  const read = target.engine.read.bind(target.engine);
  vi.spyOn(target.engine, 'read').mockImplementation(async (stream, ...rest) => {
    const page = await read(stream, ...rest);
    return stream === branchStream(KYOTO, id('a')) ? { ...page, items: page.items.slice(0, -1) } : page;
  });
  const { wrong } = await move(source, target);
  expect(wrong).toEqual([expect.stringMatching(/In “Kyoto” is not as it was: message /)]);
});

test('a reply that nobody writes any more is ended, one that somebody writes stops the move', async () => {
  const url = engineUrl(reference);
  const engine = openRemote({ url });
  opened.push({ close: () => engine.shutdown() });
  const made = bench({ engine, alone: false });
  await made.service.execute('create', { conversation: OSAKA });
  const send = { conversation: OSAKA, message: id('a'), parent: null, reply: id('ra'), model: MODEL };
  await made.service.execute('send', { ...send, text: 'Hello' });
  await made.runner.say(id('ra'), 'It begins');
  const [source, target] = [await open(url), await open(await folder(), false)];
  const talking = setInterval(() => void made.runner.say(id('ra'), ' on').catch(() => {}), 20);
  await expect(move(source, target, { still: 2_000 })).rejects.toThrow(
    /A reply is being written at 127\.0\.0\.1:\d+: stop every Bough there/,
  );
  clearInterval(talking);
  made.runner.forget();
  expect(await move(source, target, { still: 200 })).toMatchObject({ messages: 2, wrong: [] });
  const { items } = await readAll(target.engine, branchStream(OSAKA, id('a')), START);
  expect((items[1] as Message).finish?.reason).toBe('interrupted');
});

test('the command says what it did, how to go on, and what cannot be', async () => {
  const data = await folder();
  await folderWith(data, usual);
  const url = engineUrl(reference);
  const said = await command(data, 'move', url);
  expect(said.code).toBe(0);
  expect(said.text).toContain(
    '2 conversations, 10 messages, 1 attached file, 0 access tokens, 0 shared links',
  );
  expect(said.text).toContain('each was read there and compared.');
  expect(said.text).toContain('BOUGH_STREAMS_URL');
  expect((await command(data, 'move', url)).text).toContain('10 messages of them were there before');
  expect(await command(data, 'move', data)).toMatchObject({ code: 1 });
  expect((await command(data, 'move', '/nowhere/at/all', url)).text).toContain('There is no Bough data');
  expect((await command(data, 'move', 'http://127.0.0.1:9')).text).toContain('The storage did not answer');
  const nothing = await command(data, 'move', engineUrl(reference), join(data, 'elsewhere'));
  expect(nothing).toMatchObject({ code: 1, text: expect.stringContaining('There is nothing of Bough at') });
  expect(await command(data, 'move')).toMatchObject({ code: 2 });
  const engine = await openEmbeddedEngine(data);
  opened.push({ close: () => engine.shutdown() });
  expect(await command(data, 'move', url)).toMatchObject({ code: 1, text: expect.stringMatching(/in use/i) });
});

test('a conversation that cannot be moved does not hold up the others', async () => {
  const data = await folder();
  await folderWith(data, usual);
  const url = engineUrl(reference);
  const engine = openRemote({ url });
  opened.push({ close: () => engine.shutdown() });
  // Somebody else's stream stands where a branch goes.
  const stream = branchStream(KYOTO, id('a'));
  await engine.create(stream);
  await engine.append(stream, [{ kind: 'message', id: 'another-one', parent: null }]);
  const said = await command(data, 'move', url);
  expect(said.code).toBe(1);
  expect(said.text).toContain(
    `The conversation ${KYOTO} was not moved. It cannot be brought here: ${stream} holds`,
  );
  expect(await readAll(engine, branchStream(OSAKA, id('e')), START)).toMatchObject({ items: [{}, {}] });
});

test('a folder that was beside an engine takes what is moved back', async () => {
  const [data, beside] = [await folder(), await folder()];
  await folderWith(data, usual);
  await writeFile(join(beside, 'access.json'), '{"v":1,"tokens":[]}');
  await createFileStore(join(beside, 'cache')).add([PNG]);
  await mkdir(join(beside, 'find'));
  expect((await command(data, 'move', beside)).code).toBe(0);
  expect(await readFile(join(beside, 'bough.json'), 'utf8')).toContain('format');
  expect(await shapeAt(beside)).toEqual(await shapeAt(data));
});
