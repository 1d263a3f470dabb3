import { QueryClient } from '@tanstack/query-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { viewStream } from '../protocol/index.ts';
import { type Bough, createBough } from './bough.ts';
import { LiveConnection } from './live/connection.ts';
import { openedOf } from './opened.ts';
import { loadAhead } from './read-ahead.ts';
import { FakeServer } from './testing/fake-server.ts';
import { conversation, said } from './testing/script.ts';

const id = 'conversation-00000001';
let server: FakeServer;
let bough: Bough;

beforeEach(() => {
  server = new FakeServer();
  conversation(server, id);
  bough = createBough({
    queryClient: new QueryClient(),
    fetch: server.fetch,
    live: (options) => new LiveConnection(options),
    environment: { isHidden: () => false, onVisibility: () => () => {}, onNetwork: () => () => {} },
  });
});
afterEach(() => bough.dispose());

const name = (n: number) => `message-${String(n).padStart(3, '0')}`;

/** A trunk of 300, and another way on from its hundredth. */
function grow(): void {
  for (let n = 0; n < 300; n += 1)
    said(server, id, { id: name(n), parent: n === 0 ? null : name(n - 1), branch: name(0), time: n });
  said(server, id, { id: 'other-way', parent: name(99), branch: 'other-way', time: 400 });
}

/** The first and the last of the trunk's messages that are there; they are loaded by pages of 50. */
function loaded(): [number, number] {
  const all = [...openedOf(bough).messages.loaded(id).keys()]
    .filter((key) => key.startsWith('message-'))
    .sort();
  return [Number(all[0]?.slice(-3)), Number(all.at(-1)?.slice(-3))];
}

it('loads the end of the newest path', async () => {
  grow();
  await loadAhead(bough, id);
  expect(openedOf(bough).messages.has(id, 'other-way')).toBe(true);
  expect(loaded()).toEqual([50, 99]);
});

it('loads the end of what was viewed last', async () => {
  grow();
  server.append(viewStream(id), { v: 1, kind: 'view', at: name(99), leaf: name(299), time: 500 });
  await loadAhead(bough, id);
  expect(loaded()).toEqual([250, 299]);
});

it('loads from the place of the address', async () => {
  grow();
  await loadAhead(bough, id, { through: name(200), at: name(150) });
  expect(loaded()).toEqual([112, 161]);
});

it('asks for nothing twice when the page comes to ask itself', async () => {
  grow();
  await loadAhead(bough, id);
  const asked = server.requests.length;
  await loadAhead(bough, id);
  expect(server.requests.length).toBe(asked);
});

it('says nothing of what cannot be loaded', async () => {
  grow();
  server.down = true;
  await expect(loadAhead(bough, id)).resolves.toBeUndefined();
  server.down = false;
  await loadAhead(bough, id);
  expect(openedOf(bough).messages.has(id, 'other-way')).toBe(true);
});
