/** Repair on opening: once per process and conversation (docs/protocol.md, "Write order"). */
import { DAY, type ViewItem } from '../../../protocol/index.ts';
import { asideEnds, type Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { patchFor } from '../kit/mark-patch.ts';
import { viewsOf } from '../kit/views.ts';
import { repair } from './repair.ts';

export class Openings {
  readonly #store: Store;
  readonly #opened = new Map<string, Promise<void>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves once the conversation was repaired since this process began; at once for one that does not exist. */
  open(conversation: string): Promise<void> {
    const known = this.#opened.get(conversation);
    if (known !== undefined) return known;
    const opening = this.#repair(conversation);
    this.#opened.set(conversation, opening);
    opening.catch(() => this.#forget(conversation, opening));
    return opening;
  }

  async #repair(conversation: string): Promise<void> {
    await this.#store.queue.run(conversation, async () => {
      if (!(await this.#store.list.find(conversation))) return void this.#opened.delete(conversation);
      await repair(this.#store, conversation);
      await this.#expire(conversation);
    });
  }

  /** Hides what nobody wants any more, in all that was opened: to be called now and then. Never throws. */
  async expire(): Promise<void> {
    for (const conversation of [...this.#opened.keys()])
      await this.#store.queue.run(conversation, () => this.#expire(conversation));
  }

  /** Nothing depends on it: it is done another time. */
  async #expire(conversation: string): Promise<void> {
    try {
      await expireAsides(this.#store, conversation);
    } catch (error) {
      this.#store.trouble(error);
    }
  }

  #forget(conversation: string, opening: Promise<void>): void {
    if (this.#opened.get(conversation) === opening) this.#opened.delete(conversation);
  }
}

/**
 * Asides that nobody kept go by themselves: those that nobody spoke in or looked at for so many days are hidden, and can be brought back
 * (docs/protocol.md, "Kinds of forks"). Throws EngineError.
 */
async function expireAsides(store: Store, conversation: string): Promise<void> {
  const after = store.asidesDays * DAY;
  if (after <= 0) return;
  const outline = await store.outlines.of(conversation);
  // Without what was viewed more may have gone: the views are read only where something may.
  if (overIn(outline.tree, [], after, store.clock.now()).length === 0) return;
  const views = await viewsOf(store.engine, conversation);
  const over = overIn(outline.tree, views, after, store.clock.now());
  const { marks } = outline.tree;
  const patches = over.flatMap((message) =>
    patchFor(store.clock, marks.get(message), { message, pruned: true }),
  );
  if (patches.length > 0) await outline.write(patches.map((mark) => ({ kind: 'mark', mark })));
}

function overIn(tree: Tree, views: readonly ViewItem[], after: number, now: number): string[] {
  return [...asideEnds(tree, views, after)].filter(([, end]) => end <= now).map(([head]) => head);
}
