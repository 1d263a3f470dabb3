import { QueryClient } from '@tanstack/query-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Reply, textOf } from '../protocol/index.ts';
import { type Bough, createBough } from './bough.ts';
import { followConversation, followList, readTree } from './follow.ts';
import { LiveConnection } from './live/connection.ts';
import { FakeServer } from './testing/fake-server.ts';
import { FakeStorage } from './testing/fake-storage.ts';
import { asked, conversation, Log, said } from './testing/script.ts';

const id = 'conversation-1';
let server: FakeServer;
let bough: Bough;
/** What has been answered comes as late as this wants. */
let late: (address: string) => Promise<void> | undefined;

beforeEach(() => {
  server = new FakeServer();
  late = () => undefined;
  bough = createBough({
    queryClient: new QueryClient(),
    fetch: async (...asked) => {
      const answer = await server.fetch(...asked);
      await late(String(asked[0]));
      return answer;
    },
    storage: new FakeStorage(),
    raf: (frame) => setTimeout(frame),
    live: (options) => new LiveConnection(options),
    environment: { isHidden: () => false, onVisibility: () => () => {}, onNetwork: () => () => {} },
  });
});
afterEach(() => bough.dispose());

it('follows a tree, loads its messages, and tells of replies', async () => {
  conversation(server, id);
  const first = said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
  const followed = followConversation(bough, id);
  expect(followed.get().status).toBe('loading');
  expect([...(await followed.ready()).messages.keys()]).toEqual(['question-1']);
  expect(textOf((await followed.message('question-1')).parts)).toBe('text of question-1');
  const changes: number[] = [];
  followed.subscribe(() => changes.push(followed.get().tree.generations.size));
  const generation = asked(server, id, first, 'reply-0001', 2);
  await vi.waitFor(() => expect(changes).toEqual([1]));
  const heard: Reply[] = [];
  const stop = followed.watchReply('reply-0001', (reply) => heard.push(reply));
  new Log(server, id, generation).words('Hello');
  await vi.waitFor(() => expect(textOf(heard.at(-1)?.parts ?? [])).toBe('Hello'));
  stop();
  followed.close();
});

it('says in a sentence what is not there', async () => {
  const followed = followConversation(bough, id);
  await expect(followed.ready()).rejects.toThrow('There is no such stream.');
  expect(followed.get()).toMatchObject({ status: 'missing', tree: { messages: new Map() } });
  await expect(followed.message('question-1')).rejects.toThrow('There is no such message');
  followed.close();
});

it('reads a tree anew without losing what was said live meanwhile', async () => {
  conversation(server, id);
  said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
  const followed = followConversation(bough, id);
  await followed.ready();
  await vi.waitFor(() => expect(server.following(`c/${id}/outline`)).toBe(true));
  let release = () => {};
  const answered = new Promise<void>((resolve) => {
    late = (address) => {
      if (!address.includes('/outline?')) return undefined;
      resolve();
      return new Promise((go) => {
        release = go;
      });
    };
  });
  const reading = readTree(bough, id);
  await answered;
  said(server, id, { id: 'question-2', parent: 'question-1', branch: 'question-1', time: 2 });
  const ids = () => [...followed.get().tree.messages.keys()];
  await vi.waitFor(() => expect(ids()).toEqual(['question-1', 'question-2']));
  late = () => undefined;
  release();
  expect([...(await reading).messages.keys()]).toEqual(['question-1', 'question-2']);
  expect(ids()).toEqual(['question-1', 'question-2']);
  said(server, id, { id: 'question-3', parent: 'question-2', branch: 'question-1', time: 3 });
  await vi.waitFor(() => expect(ids()).toEqual(['question-1', 'question-2', 'question-3']));
  followed.close();
});

it('reads the list anew without what was taken back meanwhile', async () => {
  conversation(server, id, 'One');
  const list = followList(bough);
  const titles = () => list.get().list.map(({ title }) => title.text);
  await vi.waitFor(() => expect(titles()).toEqual(['One']));
  await vi.waitFor(() => expect(server.following('conversations')).toBe(true));
  let release = () => {};
  const answered = new Promise<void>((resolve) => {
    late = (address) => {
      if (!address.includes('/conversations?')) return undefined;
      resolve();
      return new Promise((go) => {
        release = go;
      });
    };
  });
  let refuse = () => {};
  server.before = (request) =>
    request.includes('rename')
      ? new Promise((_, reject) => {
          refuse = () => reject(new TypeError('No network.'));
        })
      : undefined;
  const renaming = bough.actions.rename(id, 'Another').catch(() => {});
  await vi.waitFor(() => expect(titles()).toEqual(['Another']));
  const reading = bough.queryClient.query({ ...bough.list.query, staleTime: 0 });
  await answered;
  refuse();
  await renaming;
  conversation(server, 'conversation-2', 'Two', 2);
  await vi.waitFor(() => expect(titles()).toEqual(['Two', 'One']));
  late = () => undefined;
  release();
  await reading;
  expect(titles()).toEqual(['Two', 'One']);
  list.close();
});

it('follows the list', async () => {
  conversation(server, id, 'One');
  const list = followList(bough);
  await vi.waitFor(() => expect(list.get()).toMatchObject({ status: 'ready', list: [{ id }] }));
  conversation(server, 'conversation-2', 'Two', 2);
  await vi.waitFor(() => expect(list.get().list.map(({ title }) => title.text)).toEqual(['Two', 'One']));
  list.close();
});
