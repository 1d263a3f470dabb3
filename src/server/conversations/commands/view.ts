/** `view`: what was viewed last under a fork (tree rule 12). Nothing depends on it: it may be lost. */
import { type CommandInput, VERSION, type ViewItem, viewStream } from '../../../protocol/index.ts';
import { pathTo, type Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { isMissing, refusals } from '../kit/refusals.ts';

export async function view(
  store: Store,
  { conversation, at, leaf }: CommandInput<'view'>,
): Promise<Record<never, never>> {
  await store.list.living(conversation);
  const { tree } = await store.outlines.of(conversation);
  if (!isUnder(tree, at, leaf)) throw refusals.noView();
  const item: ViewItem = { v: VERSION, kind: 'view', at, leaf, time: store.clock.tick() };
  await writeView(store, conversation, item);
  return {};
}

/** The stream is made when the first view is written. Throws EngineError. */
export async function writeView({ engine }: Store, conversation: string, item: ViewItem): Promise<void> {
  const stream = viewStream(conversation);
  try {
    await engine.append(stream, [item]);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await engine.create(stream);
    await engine.append(stream, [item]);
  }
}

function isUnder(tree: Tree, at: string | null, leaf: string): boolean {
  const path = pathTo(tree, leaf);
  return path.length > 0 && at !== leaf && (at === null || path.includes(at));
}

/** There is a stream to read, also before anything was viewed. Fine for a conversation that does not exist. */
export async function openView(store: Store, conversation: string): Promise<void> {
  const header = (await store.list.find(conversation))?.header;
  if (header && !header.deleted) await store.engine.create(viewStream(conversation));
}
