/** What a reply's model receives (tree rule 10): its branch, from the start, or what the last summary keeps, down to the message to answer. */
import {
  branchStream,
  chainTo,
  contextOfChain,
  type Message,
  newest,
  readMessages,
  withInstruction,
} from '../../../protocol/index.ts';
import {
  type Generation,
  type MessageHeader,
  type ReadChain,
  readUpFrom,
  type Tree,
} from '../../../tree/index.ts';
import { EngineError } from '../../engine/index.ts';
import { leadsTo } from '../branch/fork.ts';
import type { Store } from '../index/store.ts';

type Readers = Pick<Store, 'branches' | 'engine'>;

/** Throws EngineError; Error when the branch lacks part of the chain. */
export async function context(
  store: Readers & Pick<Store, 'outlines'>,
  conversation: string,
  generation: Generation,
): Promise<readonly Message[]> {
  const { tree } = await store.outlines.of(conversation);
  const { branch, parent, model } = generation;
  const whole = contextOfChain(await readTo(store, { conversation, tree, branch, tip: parent }), model);
  const read = generation.context ? newest(whole, generation.context.read) : whole;
  return withInstruction(read, generation.origin.instruction);
}

interface ChainPlace {
  readonly conversation: string;
  readonly tree: Tree;
  /** A branch whose stream has the chain. */
  readonly branch: string;
  readonly tip: string;
}

/**
 * The chain that ends with `tip`, root first; where a summary stands in it, without what is above that is not read. Costs what is
 * read. Throws EngineError; Error when the branch lacks part of it.
 */
export async function readTo(store: Readers, place: ChainPlace): Promise<readonly Message[]> {
  const short = await withoutCovered(store, place);
  return short ?? chainTo(await store.branches.of(streamOf(place)), place.tip);
}

const streamOf = ({ conversation, branch }: Pick<ChainPlace, 'conversation' | 'branch'>): string =>
  branchStream(conversation, branch);

/** Undefined where there is no summary, or where what it keeps does not stand in the stream at the offsets of its headers. */
async function withoutCovered(store: Readers, place: ChainPlace): Promise<readonly Message[] | undefined> {
  const { tree, branch, tip } = place;
  const read = readUpFrom(tree, tip);
  const first = read.kept[0] ?? read.summary;
  if (!first || !leadsTo(tree, branch, first.branch)) return undefined;
  const messageOf = await store.branches.from(streamOf(place), first.start);
  const wanted = [...inOrder(read), ...read.after].map(({ id }) => messageOf(id));
  const prompt = read.prompt && (messageOf(read.prompt.id) ?? (await oneOf(store, place, read.prompt)));
  if ((read.prompt && !prompt) || !wanted.every((message) => message !== undefined)) return undefined;
  return [...(prompt ? [prompt] : []), ...(wanted as readonly Message[])];
}

/** As they were said: what is kept came before the summary. */
const inOrder = ({ kept, summary }: ReadChain): readonly MessageHeader[] => [
  ...kept,
  ...(summary ? [summary] : []),
];

/** Undefined where the stream that owned it is gone, or says something else there. */
async function oneOf(
  { engine }: Readers,
  { conversation }: ChainPlace,
  { id, branch, start }: MessageHeader,
): Promise<Message | undefined> {
  try {
    const { items } = await engine.read(streamOf({ conversation, branch }), start, { maxItems: 1 });
    return readMessages(items).find((message) => message.id === id);
  } catch (error) {
    if (error instanceof EngineError && error.kind !== 'unavailable') return undefined;
    throw error;
  }
}
