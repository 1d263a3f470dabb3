import { renderHook } from '@testing-library/react';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ServerError } from '../../../client/kit/errors.ts';
import type { ArrangeInput, MarkInput } from '../../../client/types.ts';
import type { Conversation } from '../../../protocol/index.ts';
import {
  childrenOf,
  emptyTree,
  foldOutline,
  markOf,
  type OutlineChange,
  shownTree,
} from '../../../tree/index.ts';
import type { OpenPage } from '../../stores/page.ts';
import { useFadedHeads } from '../../stores/rewound.ts';
import type { Route } from '../../stores/route.ts';
import { type Toast, useToasts, wordsOn } from '../../stores/toasts.ts';
import { forgetSteps, nextRedo, nextUndo, offerUndo } from '../../stores/undo.ts';
import { perform } from '../action.ts';
import {
  archive,
  type OnConversation,
  pin,
  remove,
  renameTo,
  restore as restoreChat,
} from '../conversation/conversation-actions.ts';
import { fileIn } from '../conversation/filing.ts';
import { dropAside, keepAside } from '../message/asides.ts';
import { star } from '../message/marking.ts';
import { onMessages } from '../message/on-message.ts';
import { keepOnly, prune, restore, rewind } from '../message/prune.ts';
import { undo } from '../page/anywhere.ts';
import { markWithUndo, offerStep, turnBack } from './steps.ts';

const IDS = ['a', 'ra', 'b', 'rb', 'c', 'aside'];

interface Header extends Pick<Conversation, 'id' | 'archived' | 'deleted' | 'title'> {
  readonly pinned: boolean;
  readonly filed?: string | undefined;
}

/** A page whose marks are folded as the server's are: a, ra, b, rb, beside b its version c, and an aside about ra. */
class World {
  tree = foldOutline(
    emptyTree,
    [
      ['a', null],
      ['ra', 'a'],
      ['b', 'ra'],
      ['rb', 'b'],
      ['c', 'ra'],
      ['aside', 'ra'],
    ].map(([id, parent], index): OutlineChange => {
      const role = id?.startsWith('r') ? 'assistant' : 'user';
      const said = { id, parent, role, author: { kind: 'user' }, preview: `Words of ${id}`, branch: 'b' };
      const origin = { kind: id === 'aside' ? 'aside' : 'send' };
      return { kind: 'message', message: { ...said, start: id, end: id, origin, time: index } as never };
    }),
  );
  header: Header = {
    ...{ id: 'conversation', archived: false, deleted: false, pinned: false },
    title: { text: 'Old', by: 'person' },
  };
  private at = 0;
  readonly client = {
    mark: vi.fn(async (_: string, marks: readonly MarkInput[]) => {
      this.mark(marks);
    }),
    stop: vi.fn(async (_: string, id: string) => this.change({ kind: 'generation-end', id, end: END })),
    known: vi.fn(() => ({ header: this.header, tree: this.tree })),
    rename: vi.fn(async (_: string, text: string) => this.head({ title: { text, by: 'person' } })),
    arrange: vi.fn(async ({ filed, ...fields }: ArrangeInput) => {
      this.head({ ...fields, ...(filed !== undefined && { filed: filed ?? undefined }) } as Partial<Header>);
      return { refused: [] };
    }),
    archive: vi.fn(async () => this.head({ archived: true })),
    restore: vi.fn(async () => this.head({ archived: false })),
    remove: vi.fn(async () => this.head({ deleted: true })),
    undoRemove: vi.fn(async () => this.head({ deleted: false })),
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

  head({ conversations: _, ...change }: Partial<Header> & { conversations?: unknown }): void {
    this.header = { ...this.header, ...change };
  }

  /** All that steps can change. */
  state() {
    const marks = Object.fromEntries(IDS.map((id) => [id, markOf(this.tree, id)]));
    return { marks, header: this.header };
  }

  inList(): OnConversation {
    return { header: this.header, client: this.client, readOnly: false } as unknown as OnConversation;
  }

  on(...messages: string[]) {
    return onMessages(this.page(), messages);
  }

  page(id = 'conversation'): OpenPage {
    const tree = shownTree(this.tree);
    const path = ['a', 'ra', 'b', 'rb'].map((key) => ({ key }));
    const { client, withdraw, goTo, header } = this;
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
    expect(said()).toBe('Rewound to “Words of ra”, 3 messages hidden');
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
    expect(nextUndo('conversation')).toBeUndefined();
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
    expect(nextUndo('conversation')).toBeUndefined();
  });

  test('stand in the order they were begun in, however late their answers come', async () => {
    let answer: () => void = () => {};
    world.client.rename.mockImplementationOnce(async (_, text) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      world.head({ title: { text, by: 'person' } });
    });
    renameTo(world.inList(), 'New');
    await prune(world.page(), ['b']);
    answer();
    await remembered(1);
    expect(nextUndo('conversation')).toMatch(/^Hidden/);
    await world.turn('done');
    expect([world.pruned(), world.header.title.text]).toEqual([[], 'New']);
    await world.turn('done');
    expect(world.header.title.text).toBe('Old');
  });

  test('of another conversation are left to its own page, those of this tab too', async () => {
    const elsewhere = vi.fn();
    offerUndo('The model reads the summary from here on.', elsewhere, 'other');
    expect(nextUndo('conversation')).toBeUndefined();
    expect(nextUndo('other')).toBe('The model reads the summary from here on.');
    await world.turn('done');
    expect(elsewhere).not.toHaveBeenCalled();
    await world.turn('done', 'other');
    expect(elsewhere).toHaveBeenCalledOnce();
  });

  test('say on the page of another in which chat, what is done and what comes of it', async () => {
    const notice = () => useToasts.getState().toasts[0] as Toast;
    const there: Route = { kind: 'conversation', id: 'conversation' };
    const elsewhere: Route = { kind: 'conversation', id: 'other' };
    await prune(world.page(), ['b']);
    expect(wordsOn(there, notice())).toMatch(/^Hidden: /);
    expect(wordsOn(elsewhere, notice())).toMatch(/^In “Old”: Hidden: /);
    notice().action?.run();
    await vi.waitFor(() => expect(said()).toMatch(/^Undone/));
    expect(world.pruned()).toEqual([]);
    expect(wordsOn({ kind: 'settings' }, notice())).toMatch(/^In “Old”: Undone: Hidden: /);
    // What says itself which chat it was says it once.
    await perform(archive, world.inList(), '');
    await vi.waitFor(() => expect(said()).toMatch(/^Archived/));
    expect(wordsOn(elsewhere, notice())).not.toMatch(/^In /);
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
    expect(nextUndo('conversation')).toBeUndefined();
    const header = { before: { title: 'Older' }, after: { title: 'Old' } };
    offerStep(world.client as never, { conversation: 'elsewhere', did: 'Renamed “Older”.', header });
    await world.turn('done', 'conversation');
    expect(world.client.rename).toHaveBeenCalledExactlyOnceWith('elsewhere', 'Older');
    expect(nextUndo('conversation')).toBeUndefined();
    expect(nextUndo('elsewhere')).toBeDefined();
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
    expect(nextUndo('conversation')).toBeUndefined();
    expect(nextRedo('conversation')).toBeDefined();
    await markWithUndo(world.page(), [{ message: 'c', star: true }], 'Starred');
    expect(nextRedo('conversation')).toBeUndefined();
  });
});

/** Resolves once the step of what was done in the list is remembered, which is not waited for. */
const remembered = (before: number) =>
  vi.waitFor(() =>
    expect(JSON.parse(localStorage.getItem('bough:undo') ?? '{}').done).toHaveLength(before + 1),
  );

interface Deed {
  readonly first?: (world: World) => unknown;
  readonly done: (world: World) => unknown;
  readonly did: RegExp;
  /** The same values, changed otherwise by somebody else. */
  readonly elsewhere: (world: World) => unknown;
}

const pruned = (world: World, value: boolean, ...ids: string[]) =>
  world.mark(ids.map((message) => ({ message, pruned: value })));

const WORK = { id: 'folder-1', name: 'Work' };

const DEEDS: Readonly<Record<string, Deed>> = {
  hide: {
    done: (world) => prune(world.page(), ['b']),
    did: /^Hidden: “Words of b”, 2 messages/,
    elsewhere: (world) => pruned(world, false, 'b'),
  },
  restore: {
    first: (world) => pruned(world, true, 'b', 'c'),
    done: (world) => restore(world.page(), ['b', 'c']),
    did: /^Restored: 2 branches/,
    elsewhere: (world) => pruned(world, true, 'b', 'c'),
  },
  rewind: {
    done: (world) => rewind(world.page(), 'ra'),
    did: /^Rewound to “Words of ra”, 3 messages hidden/,
    elsewhere: (world) => pruned(world, false, 'b', 'c'),
  },
  'keep only one': {
    done: (world) => keepOnly(world.page(), 'b', ['c']),
    did: /^Kept “Words of b”, 1 message hidden/,
    elsewhere: (world) => pruned(world, false, 'c'),
  },
  'drop an aside': {
    done: (world) => dropAside.run(world.on('aside')),
    did: /Words of aside/,
    elsewhere: (world) => pruned(world, false, 'aside'),
  },
  'keep an aside': {
    done: (world) => keepAside.run(world.on('aside')),
    did: /Words of aside/,
    elsewhere: (world) => world.mark([{ message: 'aside', kept: false }]),
  },
  star: {
    done: (world) => star.run(world.on('a', 'b')),
    did: /^2 messages starred/,
    elsewhere: (world) => world.mark(['a', 'b'].map((message) => ({ message, star: false }))),
  },
  label: {
    first: (world) => world.mark([{ message: 'a', label: 'Was', colour: 'blue' }]),
    done: (world) =>
      markWithUndo(world.page(), [{ message: 'a', label: 'New', colour: 'red' }], 'Labelled “New”'),
    did: /^Labelled “New”/,
    elsewhere: (world) => world.mark([{ message: 'a', label: 'Third', colour: 'green' }]),
  },
  rename: {
    done: (world) => renameTo(world.inList(), 'New'),
    did: /“Old”/,
    elsewhere: (world) => world.head({ title: { text: 'Third', by: 'person' } }),
  },
  archive: {
    done: (world) => archive.run(world.inList()),
    did: /“Old”/,
    elsewhere: (world) => world.head({ archived: false }),
  },
  'take out of the archive': {
    first: (world) => world.head({ archived: true }),
    done: (world) => restoreChat.run(world.inList()),
    did: /“Old”/,
    elsewhere: (world) => world.head({ archived: true }),
  },
  pin: {
    done: (world) => pin.run(world.inList()),
    did: /^Pinned “Old”/,
    elsewhere: (world) => world.head({ pinned: false }),
  },
  'move to a folder': {
    first: (world) => world.head({ filed: 'folder-2' }),
    done: (world) => fileIn(world.inList().client, [world.inList().header], WORK),
    did: /^Moved “Old” to “Work”/,
    elsewhere: (world) => world.head({ filed: 'folder-3' }),
  },
  'take out of a folder': {
    first: (world) => world.head({ filed: 'folder-2' }),
    done: (world) => fileIn(world.inList().client, [world.inList().header], null),
    did: /^Took “Old” out of its folder/,
    elsewhere: (world) => world.head({ filed: 'folder-3' }),
  },
  delete: {
    done: (world) => remove.run(world.inList()),
    did: /“Old”/,
    elsewhere: (world) => world.head({ deleted: false }),
  },
};
const CASES = Object.entries(DEEDS);

describe('every step', () => {
  test.each(CASES)('%s: done elsewhere in the meantime, it says so and changes nothing', async (_, deed) => {
    await star.run(world.on('rb'));
    deed.first?.(world);
    await deed.done(world);
    await remembered(1);
    deed.elsewhere(world);
    const meantime = world.state();
    await world.turn('done');
    expect(world.state()).toEqual(meantime);
    expect(said()).toMatch(/^Nothing left to undo, it was changed since then: /);
    // What was done before is not stood in the way of.
    await world.turn('done');
    expect(said()).toBe('Undone: Starred.');
  });

  test('any number of them, in any order: all undone is as it was, all redone as it became', async () => {
    const deed = fc.constantFrom(
      'hide',
      'restore',
      'rewind',
      'keep',
      'aside',
      'star',
      'label',
      'rename',
      'archive',
      'pin',
      'file',
    );
    const steps = fc.array(fc.tuple(deed, fc.nat(), fc.string({ minLength: 1, maxLength: 5 })), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (chosen) => {
        localStorage.clear();
        world = new World();
        const before = world.state();
        let count = 0;
        for (const [what, at, words] of chosen) {
          if (!(await doOne(what, at, words))) continue;
          await remembered(count);
          count += 1;
        }
        const after = world.state();
        for (let n = 0; n < count; n += 1) await world.turn('done');
        expect(world.state()).toEqual(before);
        expect(nextUndo('conversation')).toBeUndefined();
        for (let n = 0; n < count; n += 1) await world.turn('undone');
        expect(world.state()).toEqual(after);
      }),
      { numRuns: 40 },
    );
  });

  test('that the server will never take back is forgotten, and the one before it comes next', async () => {
    await star.run(world.on('a'));
    renameTo(world.inList(), 'New');
    await remembered(1);
    const cause = new ServerError(410, 'gone', 'This chat was deleted for good.');
    world.client.rename.mockRejectedValueOnce(new Error(cause.message, { cause }));
    await world.turn('done');
    expect(said()).toMatch(/^This cannot be undone any more: .*“Old”.*This chat was deleted for good\.$/);
    expect(nextRedo('conversation')).toBeUndefined();
    await world.turn('done');
    expect(said()).toBe('Undone: Starred.');
  });

  test('in a chat that was deleted meanwhile there is nothing to rename', async () => {
    renameTo(world.inList(), 'New');
    await remembered(0);
    world.head({ deleted: true });
    await world.turn('done');
    expect(said()).toMatch(/^Nothing left to undo/);
    expect(world.client.rename).toHaveBeenCalledOnce();
  });
});

/** Does one thing that the world allows now. Resolves to whether it was remembered as a step. */
async function doOne(what: string, at: number, words: string): Promise<boolean> {
  const page = world.page();
  const shown = page.view.tree;
  const there = IDS.filter((id) => !isHidden(id));
  const id = there[at % there.length] as string;
  const hidden = world.pruned();
  if (what === 'rename') {
    if (words.trim() === '' || words === world.header.title.text) return false;
    renameTo(world.inList(), words.trim());
  } else if (what === 'archive') {
    await (world.header.archived ? restoreChat : archive).run(world.inList());
  } else if (what === 'pin') await pin.run({ ...world.inList(), readOnly: false });
  else if (what === 'file') {
    const folder = at % 3 === 0 ? null : { id: `folder-${at % 3}`, name: 'Work' };
    if ((folder?.id ?? undefined) === world.header.filed) return false;
    await fileIn(world.inList().client, [world.inList().header], folder);
  } else if (what === 'star') await star.run(world.on(id));
  else if (what === 'label') await markWithUndo(page, [{ message: id, label: words, colour: 'red' }], words);
  else if (what === 'aside') {
    if (isHidden('aside') || markOf(world.tree, 'aside').kept) return false;
    await (at % 2 === 0 ? keepAside : dropAside).run(world.on('aside'));
  } else if (what === 'restore') {
    const head = hidden[at % Math.max(1, hidden.length)];
    if (head === undefined) return false;
    await restore(page, [head]);
  } else if (what === 'hide') return prune(page, [id]).then(yes, no);
  else {
    const below = childrenOf(shown, id);
    if (below.length < (what === 'keep' ? 2 : 1)) return false;
    const [kept, ...others] = below as [string, ...string[]];
    await (what === 'keep' ? keepOnly(page, kept, others) : rewind(page, id));
  }
  return true;
}

const yes = () => true;
/** It would have hidden all. */
const no = () => false;

function isHidden(id: string): boolean {
  const parent = world.tree.messages.get(id)?.parent ?? null;
  return markOf(world.tree, id).pruned || (parent !== null && isHidden(parent));
}

/** What a reload leaves: the browser's storage, and nothing else of this page. */
async function reloaded() {
  vi.resetModules();
  const { turnBack: turns } = await import('./steps.ts');
  const { useToasts: toasts } = await import('../../stores/toasts.ts');
  const turn = (side: 'done' | 'undone') =>
    turns({ client: world.client as never, page: world.page() }, side);
  return { turn, said: () => toasts.getState().toasts.at(-1)?.text };
}

describe('pressed again at once', () => {
  test('takes back one more, as the first has left it, though the page hears of it late', async () => {
    const before = world.state();
    await markWithUndo(world.page(), [{ message: 'a', label: 'One' }], 'Labelled “One”.');
    await markWithUndo(world.page(), [{ message: 'a', label: 'Two' }], 'Labelled “Two”.');
    world.client.mark.mockImplementation(async (_, marks) => {
      setTimeout(() => world.mark(marks), 60);
    });
    const on = { client: world.client as never, page: world.page(), readOnly: false } as never;
    expect(await Promise.all([perform(undo, on, 'undo'), perform(undo, on, 'undo')])).toEqual([true, true]);
    await vi.waitFor(() => expect(said()).toBe('Undone: Labelled “One”.'));
    await vi.waitFor(() => expect(markOf(world.tree, 'a')).toEqual(markOf(new World().tree, 'a')));
    expect(world.state().header).toEqual(before.header);
    world.client.mark.mockReset();
  });
});

test('whoever signs out leaves nothing to be read or taken back, done or undone', async () => {
  await rewind(world.page(), 'ra');
  await world.turn('done');
  await markWithUndo(world.page(), [{ message: 'a', label: 'Mine' }], 'Labelled “Mine”.');
  offerUndo('Changes discarded.', () => {});
  forgetSteps();
  expect(localStorage.getItem('bough:undo')).toBeNull();
  expect([nextUndo('conversation'), nextRedo('conversation')]).toEqual([undefined, undefined]);
  expect(useToasts.getState().toasts).toEqual([]);
});

// Last: the modules that were loaded before are not those of what is loaded after.
describe('over reloads', () => {
  test.each(CASES)('%s: is undone exactly and done again, over reloads, in words', async (_, deed) => {
    deed.first?.(world);
    const before = world.state();
    await deed.done(world);
    await remembered(0);
    const after = world.state();
    expect(after).not.toEqual(before);
    expect(nextUndo('conversation')).toMatch(deed.did);
    for (let times = 0; times < 2; times += 1) {
      const undoing = await reloaded();
      await undoing.turn('done');
      expect(world.state()).toEqual(before);
      expect(undoing.said()).toMatch(/^Undone: /);
      expect(undoing.said()?.slice('Undone: '.length)).toMatch(deed.did);
      expect(nextRedo('conversation')).toMatch(deed.did);
      const redoing = await reloaded();
      await redoing.turn('undone');
      expect(world.state()).toEqual(after);
      expect(redoing.said()).toMatch(/^Redone: /);
    }
  });
});
