/** A conversation whose outline is slow to come: it opens with the end of its path. */
import { act } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { outlineItemOf, outlineStream } from '../../protocol/index.ts';
import type { OpeningPlace } from '../../protocol/requests/opening.ts';
import { emptyTree, foldOutline, type MessageHeader, pathEndReader } from '../../tree/index.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { FakeStorage } from '../testing/fake-storage.ts';
import { conversation, model, said, stored, thread } from '../testing/script.ts';
import { type TestPage, testPage } from './testing/page.tsx';
import { id, now, says, stands, Thread } from './testing/thread.tsx';

const COUNT = 120;
const SHOWN = 10;

let server: FakeServer;
let page: TestPage;
let headers: MessageHeader[];
/** Lets the outline come. */
let release: () => void;
let held: Promise<void>;
let places: OpeningPlace[];

beforeEach(() => {
  server = new FakeServer();
  page = testPage(server, { storage: new FakeStorage() });
  conversation(server, id);
  headers = thread(server, id, COUNT);
  places = [];
  server.opening = opens;
  held = new Promise<void>((resolve) => {
    release = resolve;
  });
  server.before = (request) => (request.includes('/outline') ? held : undefined);
});
afterEach(() => page.bough.dispose());

const opens: FakeServer['opening'] = (asked) => {
  places.push(Object.fromEntries(asked));
  const tree = foldOutline(
    emptyTree,
    headers.map((message) => ({ kind: 'message', message })),
  );
  const path = headers.slice(-SHOWN).map(({ id }) => id);
  const { beside } = pathEndReader(tree);
  return {
    ...{ segment: outlineStream(id), position: server.tail(outlineStream(id)), whole: false },
    outline: path.flatMap((one) => beside(one)).map(outlineItemOf),
    ...{ path, above: COUNT - SHOWN, forks: true, view: [], messages: [] },
  };
};

const keys = () => now.view?.path.map(({ key }) => key);
const name = (n: number) => `message-${String(n).padStart(5, '0')}`;
const all = (from: number) => Array.from({ length: COUNT - from + 1 }, (_, n) => name(from + n));
const reply = (id: string, parent: string, time: number) => ({
  ...{ id, parent, time, branch: name(1), role: 'assistant' as const },
});

it('shows the end of the path, and what would be answered', async () => {
  page.show(<Thread />);
  await says(name(COUNT), `text of ${name(COUNT)}`);
  await stands('loading live');
  expect(keys()).toEqual(all(COUNT - SHOWN + 1));
  expect(now.view).toMatchObject({ above: COUNT - SHOWN, forks: true, tip: name(COUNT) });
  release();
  await stands('ready live');
  expect(keys()).toEqual(all(1));
  expect(now.view?.above).toBeUndefined();
  expect(now.view?.forks).toBeUndefined();
});

it('takes an answer meanwhile, and shows what is said live', async () => {
  const sent: object[] = [];
  server.commands.set('send', (input) => {
    sent.push(input);
    return { message: input.message, branch: name(1), forked: false };
  });
  page.show(<Thread />);
  await stands('loading live');
  const text = 'And then?';
  let message = '';
  act(() => {
    message = now.actions?.send({ conversation: id, parent: name(COUNT), text, model }).message ?? '';
  });
  await says(message, `${text}, sending`);
  await vi.waitFor(() => expect(sent).toMatchObject([{ message, parent: name(COUNT) }]));
  await vi.waitFor(() => expect(server.following(outlineStream(id))).toBe(true));
  said(server, id, { id: message, parent: name(COUNT), text, branch: name(1), time: 500 });
  said(server, id, reply('reply-00001', message, 501));
  await says('reply-00001', 'text of reply-00001');
  await stands('loading live');
  release();
  await stands('ready live');
  expect(keys()).toEqual([...all(1), message, 'reply-00001']);
});

it('loses nothing that was said while reading the outline failed', async () => {
  page.show(<Thread />);
  await stands('loading live');
  await vi.waitFor(() => expect(server.following(outlineStream(id))).toBe(true));
  said(server, id, reply('reply-00001', name(COUNT), 500));
  await says('reply-00001', 'text of reply-00001');
  let failures = 0;
  server.instead = (request) => {
    if (!request.includes('/outline') || failures > 0) return undefined;
    failures += 1;
    return new Response('', { status: 503 });
  };
  release();
  await stands('ready live');
  expect(failures).toBe(1);
  said(server, id, reply('reply-00002', 'reply-00001', 501));
  await says('reply-00002', 'text of reply-00002');
  expect(keys()).toEqual([...all(1), 'reply-00001', 'reply-00002']);
  expect(places.length).toBe(1);
});

it('waits for the tree where the path goes elsewhere', async () => {
  said(server, id, reply('another-way', name(20), 500));
  page.show(<Thread selected="another-way" />);
  await vi.waitFor(() => expect(places).toEqual([{ conversation: id, through: 'another-way' }]));
  await vi.waitFor(() => expect(server.count('GET /v1/stream/c/conversation-1/outline')).toBe(1));
  expect(keys()).toEqual([]);
  release();
  await stands('ready live');
  expect(keys()?.at(-1)).toBe('another-way');
});

it('follows the outline into its next segment meanwhile', async () => {
  const next = `${outlineStream(id)}~2`;
  const snapshot = headers.map((message) => ({ v: 1, kind: 'message', message }));
  page.show(<Thread />);
  await stands('loading live');
  await vi.waitFor(() => expect(server.following(outlineStream(id))).toBe(true));
  server.append(next, { v: 1, kind: 'snapshot', items: snapshot.length }, ...snapshot);
  server.append(outlineStream(id), { v: 1, kind: 'rolled', next });
  server.before = (request) => (request.includes('/outline?') ? held : undefined);
  await vi.waitFor(() => expect(server.following(next)).toBe(true));
  const message = stored(server, id, reply('reply-00001', name(COUNT), 500));
  server.append(next, { v: 1, kind: 'message', message });
  await says('reply-00001', 'text of reply-00001');
  await stands('loading live');
  release();
  await stands('ready live');
  expect(keys()).toEqual([...all(1), 'reply-00001']);
});
