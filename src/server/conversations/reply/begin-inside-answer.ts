/** Replies that go on from the words of another (docs/protocol.md, "Inside an answer"): what they begin with. */
import { branchStream, type CommandInput, textOf } from '../../../protocol/index.ts';
import type { Generation, Origin, Tree } from '../../../tree/index.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';

interface Place {
  readonly conversation: string;
  readonly tree: Tree;
  /** What the reply answers. */
  readonly parent: string;
}

interface Beginning {
  readonly text: string;
  readonly origin: Origin;
}

/** What `begin` of `regenerate` asks for. Throws Refusal, EngineError. */
export async function beginningOf(
  store: Pick<Store, 'branches'>,
  place: Place,
  begin: NonNullable<CommandInput<'regenerate'>['begin']>,
): Promise<Beginning> {
  const { of, length } = wantedOf(place, begin);
  const said = await textBegun(store, place, of);
  const text = begin.text ?? said.slice(0, length);
  if (text.trim() === '' || !said.startsWith(text)) throw refusals.notItsBeginning();
  const cut = text.length < said.length;
  return { text, origin: { kind: 'regenerate', of, begun: text.length, ...(cut && { cut }) } };
}

/** One that was to go on from another and said nothing of its own stands for that other. */
function wantedOf(
  { tree, parent }: Place,
  { of }: { readonly of: string },
): { readonly of: string; readonly length?: number | undefined } {
  const generation = tree.generations.get(of);
  if (generation && !generation.end) throw refusals.stillWriting();
  const header = tree.messages.get(of) ?? generation;
  if (!header || header.parent !== parent) throw refusals.notItsBeginning();
  const { of: first, begun } = header.origin;
  return tree.messages.has(of) || first === undefined ? { of } : { of: first, length: begun };
}

/** What a reply begins with that goes on from another; undefined for all others. Throws EngineError; Error where the other is gone. */
export async function begunText(
  store: Pick<Store, 'branches' | 'outlines'>,
  conversation: string,
  { origin, parent }: Generation,
): Promise<string | undefined> {
  if (origin.begun === undefined || origin.of === undefined) return undefined;
  const { tree } = await store.outlines.of(conversation);
  return (await textBegun(store, { conversation, tree, parent }, origin.of)).slice(0, origin.begun);
}

async function textBegun(
  store: Pick<Store, 'branches'>,
  { conversation, tree }: Place,
  reply: string,
): Promise<string> {
  const header = tree.messages.get(reply);
  if (header?.role !== 'assistant') throw refusals.notItsBeginning();
  const messageOf = await store.branches.of(branchStream(conversation, header.branch));
  const message = messageOf(reply);
  if (!message) throw new Error(`The reply ${reply} is missing in its branch.`);
  return textOf(message.parts);
}
