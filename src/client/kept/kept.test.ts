import 'fake-indexeddb/auto';
import { QueryClient } from '@tanstack/query-core';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { termsOf } from '../../protocol/find/find.ts';
import { type Message, outlineItemOf, type Reply, textOf } from '../../protocol/index.ts';
import { followPath } from '../../tree/index.ts';
import { type Bough, createBough } from '../bough.ts';
import type { PathEnd } from '../folds/opening.ts';
import { type OutlineData, pathEndKey } from '../folds/outlines.ts';
import { followConversation, followList } from '../follow.ts';
import { LiveConnection } from '../live/connection.ts';
import { openedOf } from '../opened.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { FakeStorage } from '../testing/fake-storage.ts';
import { asked, conversation, Log, patch, said } from '../testing/script.ts';
import { openDatabase, placeOf } from './database.ts';
import { openKept } from './keeper.ts';

const id = 'conversation-1';
let server: FakeServer;
let storage: FakeStorage;
const pages: Bough[] = [];
let hide: (hidden: boolean) => void = () => {};
const cleared = vi.fn();

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  storage = new FakeStorage();
  cleared.mockClear();
  server = new FakeServer();
  server.keptAs = 'data-1';
  conversation(server, id, 'One');
  said(server, id, { id: 'question-1', parent: null, branch: 'question-1', time: 1 });
});
afterEach(() => {
  for (const page of pages.splice(0)) page.dispose();
});

/** A page that is loaded anew: nothing is left of the one before but what the browser keeps. */
function load(build = 'build-1'): Bough {
  for (const page of pages.splice(0)) page.dispose();
  server.requests.length = 0;
  return tab(() => openKept(build));
}

/** Another tab of the same browser. */
function tab(loadKept = () => openKept('build-1')): Bough {
  const bough = createBough({
    queryClient: new QueryClient(),
    fetch: server.fetch,
    storage,
    raf: (frame) => setTimeout(frame),
    live: (options) => new LiveConnection(options),
    loadKept,
    onCleared: cleared,
    environment: {
      isHidden: () => false,
      onVisibility: (listener) => {
        const before = hide;
        hide = (hidden) => {
          before(hidden);
          listener(hidden);
        };
        return () => {};
      },
      onNetwork: () => () => {},
    },
  });
  pages.push(bough);
  return bough;
}

async function shown(bough: Bough) {
  const list = followList(bough);
  const followed = followConversation(bough, id);
  const tree = await followed.ready();
  await vi.waitFor(() => expect(list.get().status).toBe('ready'));
  return {
    followed,
    tree,
    titles: () => list.get().list.map(({ title }) => title.text),
    words: async (message: string) => textOf((await followed.message(message)).parts),
  };
}

/** A page has read all there is, and that is kept. */
async function readOnce(): Promise<void> {
  const bough = load();
  await bough.queryClient.query(bough.models);
  const { words } = await shown(bough);
  await words('question-1');
  await vi.waitFor(
    async () => {
      const kept = await openKept('build-1');
      expect(await kept.list()).toBeDefined();
      expect(await kept.outline(id)).toBeDefined();
      expect(await kept.models()).toBeDefined();
      expect((await kept.messages(id, ['question-1'])).size).toBe(1);
    },
    { timeout: 10_000, interval: 100 },
  );
}

describe('what was read before', () => {
  it('is not read again; what came since is, before anything is shown', async () => {
    await readOnce();
    said(server, id, { id: 'question-2', parent: 'question-1', branch: 'question-1', time: 2 });
    const page = await shown(load());
    expect([...page.tree.messages.keys()]).toEqual(['question-1', 'question-2']);
    expect(await page.words('question-1')).toBe('text of question-1');
    expect(server.requests.filter((request) => request.includes('offset=-1'))).toEqual([]);
    expect(server.count(`GET /v1/stream/c/${id}/b/`)).toBe(0);
    expect(await page.words('question-2')).toBe('text of question-2');
  });

  it('is whole where there is much of it', async () => {
    for (let n = 2; n <= 2_500; n += 1)
      said(server, id, { id: `question-${n}`, parent: `question-${n - 1}`, branch: 'question-1', time: n });
    await readOnce();
    const kept = await (await openKept('build-1')).outline(id);
    const tree = (await kept?.fold())?.tree;
    expect(tree?.messages.size).toBe(2_500);
    const page = await shown(load());
    expect(page.tree.children.get('question-2499')).toEqual(['question-2500']);
    expect(page.tree).toEqual(tree);
  });

  it('is shown where what is new does not come soon, and that comes later', async () => {
    await readOnce();
    said(server, id, { id: 'question-2', parent: 'question-1', branch: 'question-1', time: 2 });
    server.before = (request) =>
      request.startsWith('GET /v1/stream/') ? new Promise((resolve) => setTimeout(resolve, 3000)) : undefined;
    const page = await shown(load());
    expect([...page.tree.messages.keys()]).toEqual(['question-1']);
    await vi.waitFor(() => expect(page.followed.get().tree.messages.size).toBe(2));
  });

  it('is shown also where not even what the conversation opens with is said soon', async () => {
    await readOnce();
    server.before = (request) =>
      request.startsWith('GET /api/opening')
        ? new Promise((resolve) => setTimeout(resolve, 3000))
        : undefined;
    const page = await shown(load());
    expect([...page.tree.messages.keys()]).toEqual(['question-1']);
  });

  describe('while only the end of its path is said anew', () => {
    const stream = `c/${id}/outline`;
    let release: () => void;

    beforeEach(async () => {
      await readOnce();
      const last = said(server, id, {
        id: 'question-2',
        parent: 'question-1',
        branch: 'question-1',
        time: 2,
      });
      server.opening = () => ({
        ...{ segment: stream, position: server.tail(stream), whole: false, path: ['question-2'], above: 1 },
        ...{ outline: [outlineItemOf({ kind: 'message', message: last })], view: [], messages: [] },
      });
    });

    const ends = (bough: Bough) => bough.queryClient.getQueryData<PathEnd>(pathEndKey(id))?.leaf;

    it('is shown at once, and the rest when what is new was read', async () => {
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      server.before = (request) => (request.includes('/outline?') ? held : undefined);
      const bough = load();
      const page = shown(bough);
      await vi.waitFor(() => expect(ends(bough)).toBe('question-2'));
      said(server, id, { id: 'question-3', parent: 'question-2', branch: 'question-1', time: 3 });
      await vi.waitFor(() =>
        expect(bough.queryClient.getQueryData<PathEnd>(pathEndKey(id))?.heard).toHaveLength(1),
      );
      release();
      expect([...(await page).tree.messages.keys()]).toEqual(['question-1', 'question-2', 'question-3']);
      expect(server.requests.filter((request) => request.includes('offset=-1'))).toEqual([]);
    });

    it('never goes back to what was kept where that cannot be read', async () => {
      let isAway = true;
      server.before = (request) => {
        if (isAway && request.includes('/outline?')) throw new TypeError('No network.');
        return undefined;
      };
      const bough = load();
      const page = shown(bough);
      await vi.waitFor(() => expect(ends(bough)).toBe('question-2'));
      await vi.waitFor(() => expect(server.count(`GET /v1/stream/${stream}`)).toBeGreaterThan(1), 10_000);
      expect(bough.queryClient.getQueryData(['outline', id])).toBeUndefined();
      isAway = false;
      expect([...(await page).tree.messages.keys()]).toEqual(['question-1', 'question-2']);
    });
  });

  it('is read without a network', async () => {
    await readOnce();
    server.down = true;
    const page = await shown(load());
    expect(page.titles()).toEqual(['One']);
    expect(await page.words('question-1')).toBe('text of question-1');
    const [bough] = pages as [Bough];
    expect((await bough.queryClient.query(bough.models)).default).toEqual({ source: 'demo', id: 'demo' });
    server.down = false;
    await vi.waitFor(() => expect(server.count('GET /api/models')).toBeGreaterThan(1), { timeout: 10_000 });
  });

  it('is read anew where it does not stand where its place says', async () => {
    await readOnce();
    said(server, id, { id: 'question-2', parent: 'question-1', branch: 'question-1', time: 2 });
    const database = await openDatabase('bough', 'build-1');
    const place = { segment: `c/${id}/outline`, position: server.tail(`c/${id}/outline`) };
    await database.write({ folds: [{ key: placeOf(`outline/${id}`), data: place }] });
    database.close();
    const page = await shown(load());
    expect([...page.tree.messages.keys()]).toEqual(['question-1', 'question-2']);
    expect(server.count(`GET /v1/stream/c/${id}/outline?offset=-1`)).toBe(1);
  });

  it('is kept again soon after it has changed, with nobody leaving the page', async () => {
    await readOnce();
    const page = await shown(load());
    await vi.waitFor(() => expect(server.following(`c/${id}/outline`)).toBe(true));
    said(server, id, { id: 'question-2', parent: 'question-1', branch: 'question-1', time: 2 });
    await vi.waitFor(() => expect(page.followed.get().tree.messages.size).toBe(2));
    await page.words('question-2');
    await vi.waitFor(async () => {
      const kept = await openKept('build-1');
      expect((await (await kept.outline(id))?.fold())?.tree.messages.size).toBe(2);
      expect((await kept.messages(id, ['question-2'])).size).toBe(1);
    }, 3_000);
  });

  it('says how old it is while nothing newer could be read, and does not grow younger by being shown', async () => {
    await readOnce();
    const written = (await (await (await openKept('build-1')).outline(id))?.fold())?.kept;
    expect(written).toBeGreaterThan(0);
    server.down = true;
    const at = () => pages[0]?.queryClient.getQueryData<OutlineData>(['outline', id])?.kept;
    await shown(load());
    expect(at()).toBe(written);
    hide(true);
    await shown(load());
    expect(at()).toBe(written);
    server.down = false;
    await shown(load());
    expect(at()).toBeUndefined();
  });

  describe('of a reply that is being written', () => {
    const reply = 'reply-00001';
    let log: Log;

    /** Its first words are heard. */
    async function heard() {
      await readOnce();
      const question = said(server, id, {
        id: 'question-2',
        parent: 'question-1',
        branch: 'question-1',
        time: 2,
      });
      log = new Log(server, id, asked(server, id, question, reply));
      log.words('Half of');
      const page = await shown(load());
      page.followed.watchReply(reply, () => {});
      const { replies } = openedOf(pages[0] as Bough);
      await vi.waitFor(() => expect(textOf(replies.peek(id, reply).parts)).toBe('Half of'));
    }

    /** Without a network. */
    async function opened() {
      server.down = true;
      const page = await shown(load());
      let last: Reply | undefined;
      page.followed.watchReply(reply, (said) => {
        last = said;
      });
      return { page, last: () => last };
    }

    it('as far as it was heard when the page was left', async () => {
      await heard();
      hide(true);
      const { last } = await opened();
      await vi.waitFor(() => expect(textOf(last()?.parts ?? [])).toBe('Half of'));
      expect(last()?.end).toBeUndefined();
      server.down = false;
      log.words(' it');
      await vi.waitFor(() => expect(textOf(last()?.parts ?? [])).toBe('Half of it'), 10_000);
    });

    it('whole where it ended, also when the page did not come to hear it from the tree', async () => {
      await heard();
      log.words(' it');
      log.end({ reason: 'complete', at: 9 });
      const { messages } = openedOf(pages[0] as Bough);
      await vi.waitFor(() => expect(messages.has(id, reply)).toBe(true));
      hide(true);
      const { last } = await opened();
      await vi.waitFor(() => expect(last()?.end?.reason).toBe('complete'));
      expect(textOf(last()?.parts ?? [])).toBe('Half of it');
      expect(await (await openKept('build-1')).reply(id, reply)).toBeUndefined();
    });
  });

  it('opens where it was viewed last', async () => {
    for (const version of ['answer-1', 'answer-2'])
      said(server, id, {
        ...{
          id: version,
          parent: 'question-1',
          branch: version,
          role: 'assistant',
          time: version === 'answer-1' ? 2 : 3,
        },
      });
    await readOnce();
    const { tree } = await shown(load());
    openedOf(pages[0] as Bough).views.remember(id, tree, ['question-1', 'answer-1']);
    hide(true);
    server.down = true;
    const page = await shown(load());
    const { views } = openedOf(pages[0] as Bough);
    const viewed = await pages[0]?.queryClient.query(views.query(id));
    views.begin(id, page.tree, viewed ?? []);
    expect(followPath(page.tree, { selected: null, previous: views.choices(id) })).toEqual([
      'question-1',
      'answer-1',
    ]);
  });

  it('is kept again when the page is left', async () => {
    await readOnce();
    const page = await shown(load());
    await vi.waitFor(() => expect(server.following(`c/${id}/outline`)).toBe(true));
    said(server, id, { id: 'question-2', parent: 'question-1', branch: 'question-1', time: 2 });
    await vi.waitFor(() => expect(page.followed.get().tree.messages.size).toBe(2));
    hide(true);
    await vi.waitFor(async () => {
      const kept = await (await openKept('build-1')).outline(id);
      expect((await kept?.fold())?.tree.messages.size).toBe(2);
    });
  });

  it('goes with a sign-in, or a data folder, that is another', async () => {
    await readOnce();
    server.keptAs = 'data-2';
    server.delete('conversations');
    server.create('conversations');
    patch(server, id, { created: 1, active: 1, title: { text: 'Another', by: 'words' } }, 1);
    const page = await shown(load());
    await vi.waitFor(() => expect(page.titles()).toEqual(['Another']));
    await vi.waitFor(() => expect(storage.getItem('bough:kept')).toBe('data-2'));
    expect(cleared).toHaveBeenCalledOnce();
  });

  it('goes when somebody signs out', async () => {
    await readOnce();
    const bough = load();
    expect(cleared).not.toHaveBeenCalled();
    expect(await bough.kept?.counts()).toEqual({ conversations: 1, messages: 1 });
    const { parts } = (await (await openKept('build-1')).messages(id, ['question-1'])).get(
      'question-1',
    ) as Message;
    const terms = termsOf(textOf(parts));
    expect(terms.length).toBeGreaterThan(0);
    expect(await bough.kept?.find(terms, 10)).toMatchObject([
      { conversation: id, message: { id: 'question-1' } },
    ]);
    expect(await bough.kept?.find([...terms, 'nowhere'], 10)).toEqual([]);
    server.scope = null;
    await bough.queryClient.query(bough.models).catch(() => {});
    expect(await bough.kept?.counts()).toBeUndefined();
    expect(storage.getItem('bough:kept')).toBeNull();
    expect(cleared).toHaveBeenCalledOnce();
    await vi.waitFor(async () => expect(await (await openKept('build-1')).outline(id)).toBeUndefined());
    expect((await (await openKept('build-1')).messages(id, ['question-1'])).size).toBe(0);
  });

  it('is not shown, nor written again, by a tab that only another one told whose it is now', async () => {
    await readOnce();
    const left = load();
    const page = await shown(left);
    server.keptAs = 'data-2';
    server.delete('conversations');
    server.create('conversations');
    patch(server, id, { created: 1, active: 1, title: { text: 'Another', by: 'words' } }, 1);
    const other = tab();
    await other.queryClient.query(other.models);
    await vi.waitFor(() => expect(storage.getItem('bough:kept')).toBe('data-2'));
    await left.queryClient.query({ ...left.models, staleTime: 0 });
    await vi.waitFor(() => expect(page.titles()).toEqual(['Another']));
    expect(storage.getItem('bough:kept')).toBe('data-2');
  });

  it('stays gone where another tab signed out first', async () => {
    await readOnce();
    const left = load();
    await shown(left);
    const other = tab();
    server.scope = null;
    await other.queryClient.query(other.models).catch(() => {});
    const empty = async () => (await openKept('build-1')).counts();
    await vi.waitFor(async () => expect(await empty()).toEqual({ conversations: 0, messages: 0 }));
    await left.queryClient.query({ ...left.models, staleTime: 0 }).catch(() => {});
    left.queryClient.setQueryData(['message', id, 'question-9'], { id: 'question-9', parts: [] });
    hide(true);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await empty()).toEqual({ conversations: 0, messages: 0 });
  });

  it('that nobody says whose it is goes too', async () => {
    await readOnce();
    storage.removeItem('bough:kept');
    const bough = load();
    const page = await shown(bough);
    await page.words('question-1');
    expect(server.count(`GET /v1/stream/c/${id}/b/`)).toBe(1);
  });

  it('is read anew where the server does not know the offset it stood at', async () => {
    await readOnce();
    server.delete(`c/${id}/outline`);
    conversation(server, id, 'One', 1);
    said(server, id, { id: 'question-9', parent: null, branch: 'question-9', time: 9 });
    server.instead = (request) =>
      /outline\?offset=o[1-9]/.test(request)
        ? Response.json(
            { code: 'bad-request', detail: 'This offset is not one of the stream.' },
            { status: 400 },
          )
        : undefined;
    const page = await shown(load());
    expect([...page.tree.messages.keys()]).toEqual(['question-9']);
  });

  it('of another build is read anew', async () => {
    await readOnce();
    const page = await shown(load('build-2'));
    expect(page.titles()).toEqual(['One']);
    expect(server.count(`GET /v1/stream/c/${id}/outline`)).toBe(1);
  });

  it('goes when the conversation is deleted', async () => {
    await readOnce();
    const list = followList(load());
    await vi.waitFor(() => expect(list.get().status).toBe('ready'));
    patch(server, id, { deleted: true }, 5);
    await vi.waitFor(() => expect(list.get().list).toEqual([]));
    hide(true);
    await vi.waitFor(async () => expect(await (await openKept('build-1')).outline(id)).toBeUndefined());
  });
});

it('keeps nothing where the browser has no database, and while there is nothing', async () => {
  server.keptAs = 'none';
  const page = await shown(load());
  expect(page.titles()).toEqual(['One']);
  expect(storage.getItem('bough:kept')).toBeNull();
  server.keptAs = 'data-1';
  Reflect.deleteProperty(globalThis, 'indexedDB');
  const other = await shown(load());
  await openedOf(pages[0] as Bough).messages.ensure(id, [...other.tree.messages.values()][0] as never);
  expect(other.titles()).toEqual(['One']);
});

it('is asked for again where it could not be had at first', async () => {
  await readOnce();
  let tries = 0;
  const loadKept = async () => {
    tries += 1;
    if (tries === 1) throw new TypeError('Failed to fetch dynamically imported module');
    return openKept('build-1');
  };
  server.down = true;
  load();
  const bough = tab(loadKept);
  expect(await bough.kept?.counts()).toBeUndefined();
  expect(await bough.kept?.counts()).toBeUndefined();
  expect(tries).toBe(1);
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
  expect(await bough.kept?.counts()).toEqual({ conversations: 1, messages: 1 });
  now.mockRestore();
});

it('asks a storage that is torn, and goes on without', async () => {
  storage.trouble = 'forbidden';
  const page = await shown(load());
  expect(page.titles()).toEqual(['One']);
  expect(await pages[0]?.kept?.counts()).toBeUndefined();
});

describe('the database', () => {
  it('holds what was written where no room could be made for what comes next', async () => {
    const deleting = vi.spyOn(IDBCursor.prototype, 'delete').mockImplementation(function (this: IDBCursor) {
      const { transaction } = (this.source as IDBIndex).objectStore;
      const asked = (this.source as IDBIndex).objectStore.delete(this.primaryKey);
      transaction.abort();
      return asked;
    });
    const database = await openDatabase('bough', 'build-1', { most: { folds: 1, messages: 1 } });
    for (let n = 0; n < 3; n += 1) await database.write({ folds: [{ key: `outline/c-${n}`, data: n }] });
    expect(deleting).toHaveBeenCalled();
    expect(await database.fold('outline/c-2')).toBe(2);
    deleting.mockRestore();
    database.close();
  });

  it('lets go of what was used longest ago', async () => {
    let now = 0;
    const database = await openDatabase('bough', 'build-1', {
      now: () => now,
      most: { folds: 10, messages: 20 },
    });
    const message = (n: number) =>
      ({ id: `m-${n}`, parts: [{ kind: 'text', text: 'x' }] }) as unknown as Message;
    for (let n = 0; n < 30; n += 1) {
      now = n;
      await database.write({
        folds: [{ key: `outline/c-${n}`, data: { n } }],
        messages: [['c', message(n)]],
      });
    }
    expect(await database.fold('outline/c-0')).toBeUndefined();
    expect(await database.fold('outline/c-29')).toEqual({ n: 29 });
    const left = await database.messages(
      'c',
      Array.from({ length: 30 }, (_, n) => `m-${n}`),
    );
    expect(left.size).toBeLessThanOrEqual(22);
    expect(left.has('m-29')).toBe(true);
    expect(left.has('m-0')).toBe(false);
    database.close();
  });

  it('keeps what is stored in pieces as a whole, and gives none of it where a piece is gone', async () => {
    const database = await openDatabase('bough', 'build-1');
    const pieces = [['one'], ['two'], ['three']];
    const key = 'outline/c';
    const whole = { key, data: 'head', place: 'here', pieces };
    await database.write({ folds: [whole] });
    expect(await database.wholeFold(key)).toEqual({ data: 'head', written: expect.any(Number), pieces });
    expect(await database.fold(placeOf('outline/c'))).toBe('here');
    await database.write({ folds: [{ key, data: 'shorter', pieces: [['one']] }] });
    expect(await database.wholeFold(key)).toMatchObject({ data: 'shorter', pieces: [['one']] });
    await database.write({ folds: [{ key, data: 'head', pieces }] });
    const { result } = await new Promise<{ result: IDBDatabase }>((resolve) => {
      const opening = indexedDB.open('bough');
      opening.onsuccess = () => resolve(opening);
    });
    const change = result.transaction('folds', 'readwrite');
    change.objectStore('folds').delete('piece/1/outline/c');
    await new Promise((resolve) => {
      change.oncomplete = resolve;
    });
    result.close();
    expect(await database.wholeFold('outline/c')).toBeUndefined();
    await database.write({ folds: [whole] });
    await database.forget('c');
    expect(await database.wholeFold('outline/c')).toBeUndefined();
    expect(await database.fold('piece/2/outline/c')).toBeUndefined();
    database.close();
  });

  it('counts messages, not what is kept beside them', async () => {
    const database = await openDatabase('bough', 'build-1');
    const message = { id: 'm-1', parts: [{ kind: 'text', text: 'x' }] } as unknown as Message;
    const beside = [{ conversation: 'c', name: 'viewed last', data: [] }];
    await database.write({ folds: [{ key: 'outline/c', data: 1 }], messages: [['c', message]], beside });
    expect(await database.counts()).toEqual({ conversations: 1, messages: 1 });
    database.close();
  });

  it('leaves long messages to the server', async () => {
    const database = await openDatabase('bough', 'build-1');
    const long = { id: 'm-1', parts: [{ kind: 'text', text: 'x'.repeat(600_000) }] };
    await database.write({ messages: [['c', long as never]] });
    expect((await database.messages('c', ['m-1'])).size).toBe(0);
    database.close();
  });
});
