import { beforeEach, expect, test, vi } from 'vitest';
import type { ArrangeInput } from '../../../client/types.ts';
import type { Conversation } from '../../../protocol/index.ts';
import { currentRoute, navigate } from '../../stores/route.ts';
import { useToasts } from '../../stores/toasts.ts';
import * as strings from '../strings/filing.ts';
import { turnBack } from '../undo/steps.ts';
import { arrangeWithUndo } from './arranging.ts';

/** Conversations that are changed as a server does it; those of `never` are refused. */
class World {
  readonly headers = new Map<string, Conversation>();
  readonly never = new Set<string>();
  readonly client = {
    known: (id: string) => ({ header: this.headers.get(id), tree: undefined }),
    arrange: vi.fn(async ({ conversations, filed, ...fields }: ArrangeInput) => {
      const sentence = 'This conversation was deleted. Restore it first.';
      const refused = conversations.filter((id) => this.never.has(id));
      for (const id of conversations) {
        const header = this.headers.get(id);
        if (!header || this.never.has(id)) continue;
        const { filed: was, ...rest } = header;
        const now = filed === undefined ? was : (filed ?? undefined);
        this.headers.set(id, { ...rest, ...(fields as object), ...(now && { filed: now }) });
      }
      return { refused: refused.map((conversation) => ({ conversation, code: 'gone', sentence })) };
    }),
  };

  constructor(count: number) {
    for (let n = 0; n < count; n += 1) {
      const id = `conversation-${n}`;
      this.headers.set(id, {
        ...{ id, created: n, active: n, title: { text: `Chat ${n}`, by: 'words' as const } },
        ...{ archived: false, deleted: false, deletedAt: 0, open: [], asking: [] },
        ...(n % 2 === 1 && { filed: 'folder-1' }),
      });
    }
  }

  get all() {
    return [...this.headers.values()];
  }
}

const said = () => useToasts.getState().toasts.at(-1)?.text;
const undo = (world: World) => turnBack({ client: world.client as never, page: undefined }, 'done');
const arrange = (world: World, after: object, did = strings.archived, headers = world.all, options = {}) =>
  arrangeWithUndo(world.client as never, headers, after, did, options);

beforeEach(() => {
  localStorage.clear();
  useToasts.setState({ toasts: [] });
  navigate({ kind: 'new' });
});

test('many are done in parts, said once, and taken back in one step', async () => {
  const world = new World(1_200);
  const parts: number[] = [];
  const onProgress = (done: number) => parts.push(done);
  await arrange(world, { archived: true }, strings.archived, world.all, { onProgress });
  expect(parts).toEqual([0, 500, 1_000]);
  expect(said()).toBe('Archived 1,200 chats.');
  expect(world.all.every(({ archived }) => archived)).toBe(true);
  await undo(world);
  expect(said()).toBe('Undone: Archived 1,200 chats.');
  expect(world.all.some(({ archived }) => archived)).toBe(false);
});

test('each goes back to where it was: several folders, or none', async () => {
  const world = new World(6);
  const before = world.all;
  const did = (title: string | undefined, count: number) => strings.movedTo(title, count, 'Work');
  await arrange(world, { filed: 'folder-2' }, did);
  expect(said()).toBe('Moved 6 chats to “Work”.');
  expect(new Set(world.all.map(({ filed }) => filed))).toEqual(new Set(['folder-2']));
  await undo(world);
  expect(world.all).toEqual(before);
});

test('what was refused is said with why, and the rest is done; what is so already is not asked for', async () => {
  const world = new World(4);
  world.never.add('conversation-1');
  const [first] = world.all;
  world.headers.set('conversation-0', { ...(first as Conversation), archived: true });
  await arrange(world, { archived: true });
  expect(world.client.arrange.mock.calls[0]?.[0].conversations).not.toContain('conversation-0');
  expect(said()).toBe('Archived 2 chats. 1 could not be: This conversation was deleted. Restore it first.');
  await expect(arrange(world, { archived: true })).rejects.toThrow('This conversation was deleted.');
});

test('what somebody else changed since stays as it is', async () => {
  const world = new World(3);
  await arrange(world, { pinned: true }, strings.pinned);
  const [one] = world.all;
  world.headers.set('conversation-0', { ...(one as Conversation), pinned: false });
  await undo(world);
  expect(world.client.arrange.mock.calls.at(-1)?.[0]).toMatchObject({
    ...{ conversations: ['conversation-1', 'conversation-2'], pinned: false },
  });
  expect(said()).toBe('Undone: Pinned 3 chats. What was changed since then stays as it is.');
});

test('stopped between two parts, or failed there: what was done can be undone', async () => {
  const world = new World(1_100);
  const stop = new AbortController();
  const options = { signal: stop.signal, onProgress: (done: number) => done === 500 && stop.abort() };
  await arrange(world, { archived: true }, strings.archived, world.all, options);
  expect(said()).toBe('Archived 1,000 chats. Stopped before the others.');
  await undo(world);
  world.client.arrange.mockImplementationOnce(async () => ({ refused: [] }));
  world.client.arrange.mockRejectedValueOnce(new Error('The storage did not answer.'));
  await arrange(world, { archived: true });
  expect(said()).toBe('Archived 500 chats. 600 could not be: The storage did not answer.');
});

test('deleting the one that is open leads to a new chat', async () => {
  const world = new World(2);
  navigate({ kind: 'conversation', id: 'conversation-1' });
  await arrange(world, { deleted: true }, strings.removed);
  expect(currentRoute()).toEqual({ kind: 'new' });
});
