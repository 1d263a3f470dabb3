/** Asides that nobody kept go by themselves: they are hidden, and can be brought back (docs/protocol.md, "Kinds of forks"). */
import { DAY, type ViewItem } from '../../../protocol/index.ts';
import { asideEnds, type Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { patchFor } from '../kit/mark-patch.ts';
import { viewsOf } from '../kit/views.ts';

/** What nobody spoke in or looked at for so many days is hidden. Throws EngineError. */
export async function expireAsides(store: Store, conversation: string): Promise<void> {
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
