import { renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { MarkInput } from '../../client/types.ts';
import { emptyTree, foldOutline, type OutlineChange, shownTree } from '../../tree/index.ts';
import type { OpenPage } from '../stores/page.ts';
import { useFadedHeads } from '../stores/rewound.ts';
import { useToasts } from '../stores/toasts.ts';
import { canRedo, canUndo, offerUndo } from '../stores/undo.ts';
import { keepOnly, prune, rewind } from './prune.ts';
import { markWithUndo, offerStep, turnBack } from './steps.ts';

/** A page whose marks are folded as the server's are: a, ra, b, rb and beside b its version c. */
class World {
  tree = foldOutline(
    emptyTree,
    [
      ['a', null],
      ['ra', 'a'],
      ['b', 'ra'],
      ['rb', 'b'],
      ['c', 'ra'],
    ].map(([id, parent], index): OutlineChange => {
      const role = id?.startsWith('r') ? 'assistant' : 'user';
      const said = { id, parent, role, author: { kind: 'user' }, preview: `Words of ${id}`, branch: 'b' };
      const message = { ...said, start: id, end: id, origin: { kind: 'send' }, time: index };
      return { kind: 'message', message: message as never };
    }),
  );
  private at = 0;
  readonly client = {
    mark: vi.fn(async (_: string, marks: readonly MarkInput[]) => {
      this.mark(marks);
    }),
    stop: vi.fn(async (_: string, id: string) => this.change({ kind: 'generation-end', id, end: END })),
    rename: vi.fn(async () => {}),
  };
  readonly withdraw = vi.fn();
  readonly goTo = vi.fn();

  mark(marks: readonly MarkInput[]): void {
    for (const { message, ...values } of marks) {
      this.at += 1;
      this.change({ kind: 'mark', mark: { id: message, at: this.at, ...values } });
    }
  }

  change(change: OutlineChange): void {
    this.tree = foldOutline(this.tree, [change]);
  }

  page(id = 'conversation'): OpenPage {
    const tree = shownTree(this.tree);
    const path = ['a', 'ra', 'b', 'rb'].map((key) => ({ key }));
    const { client, withdraw, goTo } = this;
    const header = { archived: false, title: { text: 'New' } };
    return { view: { id, tree, path, header }, client, withdraw, goTo } as unknown as OpenPage;
  }

  turn(side: 'done' | 'undone', conversation?: string) {
    return turnBack({ client: this.client as never, page: this.page(conversation) }, side);
  }

  pruned() {
    return ['a', 'ra', 'b', 'rb', 'c'].filter((id) => this.tree.marks.get(id)?.pruned?.value);
  }
}

const END = { reason: 'stopped', at: 9 } as const;
const said = () => useToasts.getState().toasts.at(-1)?.text;
let world: World;
beforeEach(() => {
  localStorage.clear();
  useToasts.setState({ toasts: [] });
  world = new World();
});

describe('rewind', () => {
  test('hides what follows on every branch in one command, and undo and redo go both ways', async () => {
    await rewind(world.page(), 'ra');
    expect(world.client.mark).toHaveBeenCalledOnce();
    expect(world.pruned()).toEqual(['b', 'c']);
    expect(said()).toBe('Back at “Words of ra”, 3 messages hidden');
    expect(world.withdraw).toHaveBeenLastCalledWith('ra');
    await world.turn('done');
    expect(world.pruned()).toEqual([]);
    expect(world.goTo).toHaveBeenLastCalledWith('rb');
    await world.turn('undone');
    expect(world.pruned()).toEqual(['b', 'c']);
  });

  test('stays in the tree while the path ends there, until something else is done', async () => {
    const view = (...path: string[]) => ({ id: 'conversation', path: path.map((key) => ({ key })) }) as never;
    const faded = (...path: string[]) => renderHook(() => useFadedHeads(view(...path))).result.current;
    const whileMarked: (readonly string[])[] = [];
    world.client.mark.mockImplementationOnce(async (_, marks) => {
      await Promise.resolve();
      whileMarked.push(faded('a', 'ra'));
      world.mark(marks);
    });
    await rewind(world.page(), 'ra');
    expect(whileMarked).toEqual([['b', 'c']]);
    expect([faded('a', 'ra'), faded('a')]).toEqual([['b', 'c'], []]);
    await world.turn('done');
    expect(faded('a', 'ra')).toEqual([]);
    await rewind(world.page(), 'ra');
    await markWithUndo(world.page(), [{ message: 'a', star: true }], 'Starred');
    expect(faded('a', 'ra')).toEqual([]);
  });

  test('stops first what is being written there, and hides it though it said nothing', async () => {
    const place = { id: 'live', parent: 'rb', branch: 'b', at: '1', started: 8 };
    world.change({
      kind: 'generation',
      generation: { ...place, model: { source: 's', id: 'm' }, name: 'M', origin: { kind: 'regenerate' } },
    });
    await rewind(world.page(), 'rb');
    const order = [world.client.stop, world.client.mark].map((call) => call.mock.invocationCallOrder[0]);
    expect(order).toEqual([...order].sort());
    expect(world.client.mark.mock.lastCall?.[1]).toEqual([{ message: 'live', pruned: true }]);
  });

  test('that fails has changed nothing, and there is nothing to undo', async () => {
    world.client.mark.mockRejectedValueOnce(new Error('The server is away.'));
    await expect(rewind(world.page(), 'ra')).rejects.toThrow('away');
    expect(world.withdraw).toHaveBeenLastCalledWith('rb');
    expect(canUndo('conversation')).toBe(false);
  });
});

test('of several replies one is kept: those being written are stopped, all others hidden, and undo brings them back', async () => {
  const place = { parent: 'b', branch: 'b', at: '1', started: 8, model: { source: 's', id: 'm' }, name: 'M' };
  const generation = { ...place, id: 'live', origin: { kind: 'regenerate' as const } };
  world.change({ kind: 'generation', generation });
  await keepOnly(world.page(), 'rb', ['live']);
  expect(world.client.stop).toHaveBeenCalledExactlyOnceWith('conversation', 'live');
  expect(world.tree.marks.get('live')?.pruned?.value).toBe(true);
  expect(said()).toBe('Kept “Words of rb”, 1 message hidden');
  await world.turn('done');
  expect(world.tree.marks.get('live')?.pruned?.value).toBe(false);
});

describe('steps', () => {
  test('are undone the latest first, those of this tab alone among them', async () => {
    const ofTab = vi.fn();
    await markWithUndo(world.page(), [{ message: 'a', star: true }], 'Starred');
    expect(said()).toBeUndefined();
    offerUndo('Discarded', ofTab);
    await prune(world.page(), ['b']);
    await world.turn('done');
    expect(world.pruned()).toEqual([]);
    expect(ofTab).not.toHaveBeenCalled();
    await world.turn('done');
    expect(ofTab).toHaveBeenCalledOnce();
    await world.turn('done');
    expect(world.tree.marks.get('a')?.star?.value).toBe(false);
    expect(canUndo('conversation')).toBe(false);
  });

  test('give back the label and colour that were there', async () => {
    world.mark([{ message: 'a', label: 'Old', colour: 'red' }]);
    await markWithUndo(world.page(), [{ message: 'a', label: 'New', colour: 'none' }], 'Labelled “New”');
    await world.turn('done');
    expect(world.client.mark.mock.lastCall?.[1]).toEqual([{ message: 'a', label: 'Old', colour: 'red' }]);
  });

  test('leave as it is what was changed otherwise since, and say so', async () => {
    await prune(world.page(), ['b', 'c']);
    world.mark([{ message: 'c', pruned: false }]);
    await world.turn('done');
    expect(world.client.mark.mock.lastCall?.[1]).toEqual([{ message: 'b', pruned: false }]);
    expect(said()).toMatch(/^Undone: Hidden: 2 branches.* What was changed since then stays as it is\.$/);
    await world.turn('undone');
    world.mark([
      { message: 'b', pruned: false },
      { message: 'c', pruned: false },
    ]);
    const calls = world.client.mark.mock.calls.length;
    await world.turn('done');
    expect(world.client.mark.mock.calls.length).toBe(calls);
    expect(said()).toMatch(/^Nothing left to undo/);
  });

  test('of another conversation are not undone from here, but what was done in the list is', async () => {
    await prune(world.page('elsewhere'), ['b']);
    expect(canUndo('conversation')).toBe(false);
    const header = { before: { title: 'Old' }, after: { title: 'New' } };
    offerStep(world.client as never, { conversation: 'elsewhere', did: 'Renamed “Old”.', header });
    await world.turn('done', 'conversation');
    expect(world.client.rename).toHaveBeenCalledExactlyOnceWith('elsewhere', 'Old');
    expect(canUndo('conversation')).toBe(false);
    expect(canUndo('elsewhere')).toBe(true);
  });

  test('that fail stay where they are', async () => {
    await prune(world.page(), ['b']);
    world.client.mark.mockRejectedValueOnce(new Error('The server is away.'));
    await world.turn('done');
    expect(said()).toBe('The server is away.');
    await world.turn('done');
    expect(world.pruned()).toEqual([]);
  });

  test('are the last fifty of each conversation; a new one is the end of what was undone', async () => {
    for (let count = 0; count < 60; count += 1)
      await markWithUndo(world.page(), [{ message: 'a', star: count % 2 === 0 }], `Star ${count}`);
    for (let count = 0; count < 50; count += 1) await world.turn('done');
    expect(said()).toBe('Undone: Star 10.');
    expect(canUndo('conversation')).toBe(false);
    expect(canRedo('conversation')).toBe(true);
    await markWithUndo(world.page(), [{ message: 'c', star: true }], 'Starred');
    expect(canRedo('conversation')).toBe(false);
  });
});
