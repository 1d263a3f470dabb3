/**
 * What each conversation's view showed last: coming back shows the same. For as long as the page lives it is kept here;
 * over reloads and devices the server keeps it (tree rule 12). That is read when a conversation with forks is opened, and
 * never again: an open view never moves by what others look at.
 */
import type { QueryClient } from '@tanstack/query-core';
import {
  openingChoices,
  readItems,
  START,
  type ViewItem,
  viewedChoices,
  viewItemSchema,
  viewStream,
} from '../../protocol/index.ts';
import { childrenOf, hasForks, parentOf, ROOT, type Tree, withChoices } from '../../tree/index.ts';
import type { Command } from '../kit/commands.ts';
import { isAbort, passesByItself } from '../kit/errors.ts';
import { loading } from '../kit/loading.ts';
import type { StreamReader } from '../kit/streams.ts';
import { VIEWED } from './kept-first.ts';

/** Which of several views of one conversation; '' is the page's, the only one the server keeps. */
type ViewName = string;

/** What is looked at for a shorter time, in ms, was not viewed. */
const LOOK = 1000;
/** The least time between two writes for one fork, in ms. */
const PAUSE = 5000;

type Choices = ReadonlyMap<string, string>;

interface ViewedTree {
  /** The child shown last under each parent. */
  choices: Choices;
  /** The same as the server has it. */
  stored: Choices;
  /** What was shown in the place of a child before it. */
  readonly replaced: Map<string, string>;
  /** What is on the screen, until the server has it: a tree is large, and a page opens many. */
  shown?: ViewedPath | undefined;
  /** When each fork was written last. */
  readonly written: Map<string, number>;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

interface ViewedPath {
  readonly tree: Tree;
  readonly path: readonly string[];
}

export interface ViewsOptions {
  readonly queryClient: QueryClient;
  readonly reader: StreamReader;
  readonly command: Command;
  /** Views cannot be stored on the server and are kept in this page only. Default: false. */
  readonly readOnly?: () => boolean;
  /** What was viewed last in this browser, for when the server cannot be asked. Default: nothing is kept. */
  readonly kept?:
    | {
        viewed(conversation: string): Promise<readonly ViewItem[] | undefined>;
        keep(conversation: string, name: string, data: unknown): void;
      }
    | undefined;
}

export class LastViewed {
  private readonly options: ViewsOptions;
  private readonly seen = new Map<string, ViewedTree>();
  private readonly leaving = new Map<string, ReadonlySet<string>>();
  private disposed = false;

  constructor(options: ViewsOptions) {
    this.options = options;
  }

  /** What was viewed last, as the server has it; empty when it cannot be read: nothing waits for it in vain. */
  query(conversation: string) {
    return {
      ...loading,
      queryKey: ['view', conversation] as const,
      queryFn: ({ signal }: { signal: AbortSignal }) => this.read(conversation, signal),
    };
  }

  /** The way through `tree` is not known yet and depends on what was viewed last. */
  isWanted(conversation: string, tree: Tree, name: ViewName = ''): boolean {
    return !this.seen.has(viewKey(conversation, name)) && hasForks(tree);
  }

  /** Begins with what was viewed last, or said since; without effect once the conversation was shown. */
  begin(conversation: string, tree: Tree, items: readonly ViewItem[], name: ViewName = ''): void {
    const key = viewKey(conversation, name);
    if (this.seen.has(key)) return;
    const stored = viewedChoices(tree, items);
    this.seen.set(key, { ...fresh(stored), choices: openingChoices(tree, items, stored) });
  }

  /** The child shown last under each parent. */
  choices(conversation: string, name: ViewName = ''): Choices {
    return this.seen.get(viewKey(conversation, name))?.choices ?? none;
  }

  /** The view shows `path`. */
  remember(conversation: string, tree: Tree, path: readonly string[], name: ViewName = ''): void {
    if (path.length === 0) return;
    const key = viewKey(conversation, name);
    const seen = this.seen.get(key) ?? fresh(none);
    this.seen.set(key, seen);
    const before = seen.choices;
    seen.choices = withChoices(before, path);
    if (seen.choices !== before) noteReplaced(seen.replaced, before, path);
    if (name !== '') return;
    const shown = { tree, path };
    if (seen.choices !== before) this.options.kept?.keep(conversation, VIEWED, itemsOf(seen.choices, shown));
    seen.shown = shown;
    this.schedule(conversation, seen);
  }

  /** Messages this page prunes: what a view shows of them goes at once. */
  left(conversation: string): ReadonlySet<string> {
    return this.leaving.get(conversation) ?? nobody;
  }

  /** `leave`: this page prunes the messages; otherwise it does not, or not any more. */
  setLeft(conversation: string, messages: readonly string[], leave: boolean): void {
    const left = new Set(this.left(conversation));
    for (const message of messages) {
      if (leave) left.add(message);
      else left.delete(message);
    }
    this.leaving.set(conversation, left);
  }

  /** `child` will not come: views show what they showed in its place before. */
  takeBack(conversation: string, parent: string | null, child: string): void {
    for (const [key, seen] of this.seen) {
      const before = key.startsWith(viewKey(conversation, '')) ? seen.replaced.get(child) : undefined;
      if (before !== undefined && seen.choices.get(parent ?? ROOT) === child)
        seen.choices = new Map(seen.choices).set(parent ?? ROOT, before);
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const { timer } of this.seen.values()) clearTimeout(timer);
  }

  private async read(conversation: string, signal: AbortSignal): Promise<readonly ViewItem[]> {
    const items: ViewItem[] = [];
    try {
      const from = { offset: START, signal };
      for await (const page of this.options.reader.pages(viewStream(conversation), from))
        items.push(...readItems(viewItemSchema, page.items));
    } catch (error) {
      if (isAbort(error)) throw error;
      if (passesByItself(error)) return (await this.options.kept?.viewed(conversation)) ?? items;
    }
    return items;
  }

  private schedule(conversation: string, seen: ViewedTree): void {
    const item = unstored(seen);
    if (!item || this.disposed || this.options.readOnly?.()) {
      if (seen.timer === undefined) seen.shown = undefined;
      return;
    }
    seen.timer ??= setTimeout(
      () => {
        seen.timer = undefined;
        void this.write(conversation, seen);
      },
      Math.max(LOOK, waitFor(seen, item.fork)),
    );
  }

  /** Writes what is shown by now: that may be something else, or stored already. */
  private async write(conversation: string, seen: ViewedTree): Promise<void> {
    const item = unstored(seen);
    if (!item) {
      seen.shown = undefined;
      return;
    }
    const { fork, below } = item;
    if (waitFor(seen, fork) > 0) return this.schedule(conversation, seen);
    seen.written.set(fork, Date.now());
    const leaf = below[below.length - 1] as string;
    const at = fork === ROOT ? null : fork;
    const { shown } = seen;
    try {
      await this.options.command('view', { conversation, at, leaf });
      seen.stored = withStored(seen.stored, item);
      this.schedule(conversation, seen);
    } catch {
      // Nothing depends on it: it is said again with the next change.
      if (seen.shown === shown && seen.timer === undefined) seen.shown = undefined;
    }
  }
}

/** Ids have no spaces. */
const viewKey = (conversation: string, name: ViewName): string => `${conversation} ${name}`;

const none: Choices = new Map();
const nobody: ReadonlySet<string> = new Set();

const fresh = (choices: Choices): ViewedTree => ({
  ...{ choices, stored: choices },
  ...{ replaced: new Map(), written: new Map() },
});

function noteReplaced(replaced: Map<string, string>, before: Choices, path: readonly string[]): void {
  path.forEach((child, index) => {
    const old = before.get(path[index - 1] ?? ROOT);
    if (old !== undefined && old !== child) replaced.set(child, old);
  });
}

function waitFor({ written }: ViewedTree, fork: string): number {
  return (written.get(fork) ?? Number.NEGATIVE_INFINITY) + PAUSE - Date.now();
}

/** A fork, and the way shown from there to the leaf. */
interface Way {
  readonly fork: string;
  readonly below: readonly string[];
}

/** From the uppermost fork whose shown child the server does not know: one item speaks for all below it. */
function unstored({ shown, stored }: ViewedTree): Way | undefined {
  if (!shown) return undefined;
  const { tree } = shown;
  const path = shown.path.filter((id) => parentOf(tree, id) !== undefined);
  const above = (index: number) => path[index - 1] ?? ROOT;
  const index = path.findIndex(
    (id, at) => stored.get(above(at)) !== id && childrenOf(tree, above(at) || null).length > 1,
  );
  return index < 0 ? undefined : { fork: above(index), below: path.slice(index) };
}

/** All that is chosen as it would be said to the server: the path that is shown last, so that it counts. */
function itemsOf(choices: Choices, { tree, path }: ViewedPath): readonly ViewItem[] {
  const time = Date.now();
  const item = (at: string | null, leaf: string, when: number): ViewItem => ({
    v: 1,
    kind: 'view',
    at,
    leaf,
    time: when,
  });
  const leaf = path.findLast((id) => parentOf(tree, id) !== undefined);
  const before = [...choices].map(([parent, child]) =>
    item(parent === ROOT ? null : parent, child, time - 1),
  );
  return leaf === undefined ? before : [...before, item(null, leaf, time)];
}

function withStored(stored: Choices, { fork, below }: Way): Choices {
  const next = new Map(stored);
  below.forEach((id, index) => {
    next.set(below[index - 1] ?? fork, id);
  });
  return next;
}
