/** Several servers on one engine, as processes: one dies, one sleeps, the engine goes away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { branchStream, fileStream, type Message, replyStream, textOf } from '../../protocol/index.ts';
import { type Tree, versionsOf } from '../../tree/index.ts';
import { trueTree } from '../conversations/simulation/truth.ts';
import { readAll, START } from '../engine/index.ts';
import { openRemote } from '../engine/remote/index.ts';
import { hashOf } from '../files/accept-upload.ts';
import { PNG } from '../files/testing.ts';
import type { ChildServer } from './child-server.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { readsAt, serversAt } from './over-http.ts';

vi.setConfig({ testTimeout: 90_000 });

let fleet: Fleet | undefined;
afterEach(async () => {
  await fleet?.end();
  fleet = undefined;
});

const at = (server: ChildServer) => ({
  ...serversAt(() => server.url).any(),
  memory: readsAt(() => server.url),
});
const MODEL = { source: 'sim', id: 'any' };

async function ask(server: ChildServer, n: number): Promise<void> {
  const conversation = `conversation-${n}`;
  await at(server).execute('create', { conversation });
  const send = {
    conversation,
    message: `message-${n}`,
    parent: null,
    text: 'Hello',
    reply: `reply-00${n}`,
    model: MODEL,
  };
  await at(server).execute('send', send);
}

/** The words of a reply so far, as a server gives them. */
async function logged(server: ChildServer, n: number): Promise<string> {
  const { items } = await readAll(at(server).memory, replyStream(`conversation-${n}`, `reply-00${n}`), START);
  return items.map((item) => (item as { text?: string }).text ?? '').join('');
}

async function reply(server: ChildServer, n: number): Promise<Message | undefined> {
  const { items } = await readAll(
    at(server).memory,
    branchStream(`conversation-${n}`, `message-${n}`),
    START,
  );
  return items[1] as Message | undefined;
}

async function ended(
  server: ChildServer,
  n: number,
  limit: number,
): Promise<{ message: Message; ms: number }> {
  const began = performance.now();
  for (;;) {
    const message = await reply(server, n);
    const ms = performance.now() - began;
    if (message) return { message, ms };
    if (ms > limit) throw new Error(`reply ${n} has not ended after ${limit} ms`);
    await sleep(100);
  }
}

test('what a killed server was writing is ended by another within 15 s; one that slept finds itself fenced', async () => {
  fleet = await startFleet(3, { words: 100_000, pause: 20, quiet: true });
  const [killed, asleep, living] = fleet.servers as [ChildServer, ChildServer, ChildServer];
  await ask(killed, 1);
  await ask(asleep, 2);
  await ask(living, 3);
  await Promise.all(fleet.servers.map((server) => server.flying(1)));
  await sleep(500);
  const [before1, before2] = [await logged(living, 1), await logged(living, 2)];
  expect(before1.length * before2.length).toBeGreaterThan(0);
  await killed.kill();
  asleep.suspend();
  const [first, second] = await Promise.all([ended(living, 1, 15_000), ended(living, 2, 15_000)]);
  for (const { message } of [first, second]) expect(message.finish?.reason).toBe('interrupted');
  expect(textOf(first.message.parts).startsWith(before1)).toBe(true);
  expect(textOf(second.message.parts).startsWith(before2)).toBe(true);

  const closed = await logged(living, 2);
  asleep.resume();
  await asleep.still();
  expect(await logged(living, 2)).toBe(closed);
  expect(textOf(second.message.parts)).toBe(closed);
  // Its own writer lives, and was left alone.
  expect(await reply(living, 3)).toBeUndefined();
  for (const n of [1, 2, 3]) {
    const [one, other] = await Promise.all(
      [asleep, living].map((server) => trueTree(at(server), `conversation-${n}`)),
    );
    expect(one).toEqual(other);
  }
});

const EIGHT = Array.from({ length: 8 }, (_, n) => ({ id: `reply-e${n}`, model: MODEL }));

/** Eight replies to one message, asked for in one go. */
const askEight = (server: ChildServer, conversation: string) =>
  at(server).execute('send', {
    ...{ conversation, message: `${conversation}-m`, parent: null, text: 'Hello', replies: EIGHT },
  });

async function allEnded(server: ChildServer, conversation: string, limit: number): Promise<Tree> {
  for (const began = performance.now(); ; await sleep(200)) {
    const tree = await trueTree(at(server), conversation);
    if (EIGHT.every(({ id }) => tree.generations.get(id)?.end)) return tree;
    if (performance.now() - began > limit) throw new Error('the eight have not ended');
  }
}

/** The words of a reply in its branch. */
async function saidIn(server: ChildServer, conversation: string, tree: Tree, id: string): Promise<string> {
  const { branch = '' } = tree.messages.get(id) ?? {};
  const { items } = await readAll(at(server).memory, branchStream(conversation, branch), START);
  const message = (items as Message[]).find((one) => one.id === id);
  return textOf(message?.parts ?? []);
}

test('of eight replies at once whose server is killed none is lost: another ends all, with their words', async () => {
  fleet = await startFleet(2, { words: 100_000, pause: 20, quiet: true });
  const [killed, living] = fleet.servers as [ChildServer, ChildServer];
  const conversation = 'conversation-8';
  await at(killed).execute('create', { conversation });
  await askEight(killed, conversation);
  await killed.flying(8);
  await sleep(500);
  const logOf = async (id: string) => {
    const { items } = await readAll(at(living).memory, replyStream(conversation, id), START);
    return items.map((item) => (item as { text?: string }).text ?? '').join('');
  };
  const before = await Promise.all(EIGHT.map(({ id }) => logOf(id)));
  expect(Math.min(...before.map(({ length }) => length))).toBeGreaterThan(0);
  await killed.kill();
  const tree = await allEnded(living, conversation, 30_000);
  expect(versionsOf(tree, 'reply-e0')).toHaveLength(8);
  for (const [n, { id }] of EIGHT.entries()) {
    expect(tree.messages.get(id)?.finish?.reason).toBe('interrupted');
    expect((await saidIn(living, conversation, tree, id)).startsWith(before[n] as string)).toBe(true);
  }
});

test('killed while it asks for eight, the same command at another server asks for the rest', async () => {
  fleet = await startFleet(2, { words: 20, pause: 20, quiet: true });
  const [killed, living] = fleet.servers as [ChildServer, ChildServer];
  const conversation = 'conversation-9';
  await at(killed).execute('create', { conversation });
  const cut = askEight(killed, conversation).catch(() => 'cut');
  for (;;) {
    const { generations } = await trueTree(at(living), conversation);
    if (generations.size > 1) break;
    await sleep(5);
  }
  await killed.kill();
  await cut;
  await askEight(living, conversation);
  const tree = await allEnded(living, conversation, 30_000);
  expect([...tree.generations.keys()].sort()).toEqual(EIGHT.map(({ id }) => id));
  // One that was asked for when the server died may have no word, and is none then.
  const said = EIGHT.filter(({ id }) => tree.messages.has(id));
  expect(said.some(({ id }) => tree.messages.get(id)?.finish?.reason === 'complete')).toBe(true);
  expect(new Set(tree.children.get(`${conversation}-m`))).toEqual(new Set(said.map(({ id }) => id)));
});

test('while the engine is away commands say so, and everything goes on when it is back', async () => {
  fleet = await startFleet(2, { words: 200, pause: 20, quiet: true });
  const [one, other] = fleet.servers as [ChildServer, ChildServer];
  await ask(one, 1);
  await one.flying(1);
  fleet.line('down');
  const refused = { status: 503, code: 'engine-unavailable' };
  await expect(ask(other, 2)).rejects.toMatchObject(refused);
  fleet.line('wrong');
  await expect(ask(other, 2)).rejects.toMatchObject(refused);
  const late = await fleet.join();
  expect((await fetch(`${late.url}/api/health`)).ok).toBe(true);
  fleet.line('open');
  await ask(late, 2);
  const { message } = await ended(other, 1, 30_000);
  expect(message.finish?.reason).toBe('complete');
  expect(textOf(message.parts).split(' ')).toHaveLength(200);
});

/** Another picture for each number, of 9.5 MB: nineteen pieces. */
const picture = (n: number): Buffer => Buffer.concat([PNG, Buffer.alloc(9_500_000, n)]);

async function upload(server: ChildServer, content: Uint8Array): Promise<string> {
  const response = await fetch(`${server.url}/api/files`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(content),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return ((await response.json()) as { hash: string }).hash;
}

async function downloaded(server: ChildServer, hash: string): Promise<string> {
  const response = await fetch(`${server.url}/api/files/${hash}`);
  return response.ok ? hashOf(new Uint8Array(await response.arrayBuffer())) : `${response.status}`;
}

test('a server that is killed in mid-upload loses nothing acknowledged, and another takes the upload up', async () => {
  fleet = await startFleet(2, { words: 3, pause: 1, quiet: true });
  const [killed, living] = fleet.servers as [ChildServer, ChildServer];
  await at(killed).execute('create', { conversation: 'conversation-1' });
  const said = await upload(killed, picture(1));
  await at(killed).execute('send', {
    ...{
      conversation: 'conversation-1',
      message: 'message-1',
      parent: null,
      text: 'See',
      reply: 'reply-001',
    },
    ...{ files: [{ hash: said, name: 'one.png' }], model: MODEL },
  });

  const engine = openRemote({ url: fleet.engine });
  const stream = fileStream(hashOf(picture(2)));
  const broken = upload(killed, picture(2)).then(
    () => 'acknowledged',
    () => 'broken off',
  );
  for (let state = null; state === null; await sleep(1)) state = await engine.head(stream);
  await killed.kill();
  expect(await broken).toBe('broken off');
  // Something was there, and not all of it.
  expect(await engine.head(stream)).toMatchObject({ closed: false });
  await engine.shutdown();

  expect(await downloaded(living, said)).toBe(said);
  expect(await downloaded(living, hashOf(picture(2)))).toBe('404');
  expect(await upload(living, picture(2))).toBe(hashOf(picture(2)));
  const late = await fleet.join();
  for (const hash of [said, hashOf(picture(2))]) expect(await downloaded(late, hash)).toBe(hash);
  const [one, other] = await Promise.all(
    [living, late].map((server) => trueTree(at(server), 'conversation-1')),
  );
  expect(one).toEqual(other);
});
