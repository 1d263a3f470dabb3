import { afterEach, expect, it, vi } from 'vitest';
import type { Bough } from '../client/bough.ts';
import { FakeServer } from '../client/testing/fake-server.ts';
import { FakeStorage } from '../client/testing/fake-storage.ts';
import { conversation } from '../client/testing/script.ts';
import { followList } from './client.ts';
import { type ConnectOptions, connectBough } from './create-bough.ts';

const made: Bough[] = [];
afterEach(() => {
  for (const bough of made.splice(0)) bough.dispose();
});

function connect(options: ConnectOptions): Bough {
  const bough = connectBough(options);
  made.push(bough);
  return bough;
}

const hello = {
  conversation: 'conversation-1',
  parent: null,
  text: 'Hello',
  model: { source: 'demo', id: 'demo' },
};

it('follows and says something without a page, with its token on every request', async () => {
  const server = new FakeServer();
  conversation(server, 'conversation-1', 'One');
  const tokens = new Set<string | null>();
  const sent: unknown[] = [];
  server.commands.set('send', (input) => {
    sent.push(input);
    return { message: input.message, branch: input.message, forked: false };
  });
  const fetch: typeof globalThis.fetch = (input, init) => {
    tokens.add(new Headers(init?.headers).get('authorization'));
    return server.fetch(input, init);
  };
  const bough = connect({ baseUrl: 'http://bough.example', token: 'bough_x', fetch });
  const list = followList(bough);
  await vi.waitFor(() => expect(list.get().list).toHaveLength(1));
  bough.actions.send(hello);
  await vi.waitFor(() => expect(sent).toMatchObject([{ text: 'Hello' }]));
  await vi.waitFor(() => expect(server.liveConnections).toBe(1));
  expect([...tokens]).toEqual(['Bearer bough_x']);
  list.close();
});

it('keeps what is not sent for each server by itself', async () => {
  const storage = new FakeStorage();
  const away: typeof globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
  connect({ baseUrl: 'http://one.example', storage, fetch: away }).actions.send(hello);
  await vi.waitFor(() => expect(storage.length).toBe(1));
  const waiting = (baseUrl: string) =>
    connect({ baseUrl, storage, fetch: away })
      .outbox.pending.get()
      .map(({ text }) => text);
  expect(waiting('http://two.example')).toEqual([]);
  expect(waiting('')).toEqual([]);
  expect(waiting('http://one.example')).toEqual(['Hello']);
});

it('keeps nothing where it is told so', async () => {
  const away: typeof globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
  const bough = connect({ storage: null, fetch: away });
  bough.actions.send(hello);
  await vi.waitFor(() => expect(bough.outbox.pending.get()).toHaveLength(1));
  bough.dispose();
  expect(connect({ storage: null, fetch: away }).outbox.pending.get()).toHaveLength(0);
});
