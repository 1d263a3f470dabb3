/** "Summarise by itself when it is full": the summary that makes room for a message (docs/protocol.md, "Windows"; decision 0217). */
import { createHash } from 'node:crypto';
import {
  type CommandInput,
  type Conversation,
  type Message,
  type Overflow,
  Refusal,
  roomIn,
} from '../../../protocol/index.ts';
import type { Author, ModelRef } from '../../../tree/index.ts';
import type { ModelName } from '../../models/port.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
import type { AskedReply } from '../reply/generations.ts';
import type { WantedReply } from './several.ts';
import { saySummary, summaryMessage } from './summarise.ts';

/** Turns that stay word for word, the most that have room. */
const KEPT = [2, 1, 0] as const;
/** Written and not fetched by the message it is for, a summary is forgotten after this, in ms. */
const KEPT_FOR = 10 * 60_000;
/** Tokens stand for about as many bytes of text. */
const BYTES_A_TOKEN = 3.5;

interface Written {
  readonly text: string;
  readonly usage?: CommandInput<'summarise'>['usage'];
}

/** What a process writes at the moment, or has written, by the message each is for. */
export class RoomMaking {
  readonly #making = new Map<string, { readonly stop: AbortController; result?: Written | Refusal }>();

  /** What was written for `message`; throws Refusal: `summarising`, while it is written, or why it could not be. */
  take(store: Store, message: string, request: Parameters<Store['summarise']>[0]): Written {
    const known = this.#making.get(message);
    if (!known) {
      const stop = new AbortController();
      const made: { stop: AbortController; result?: Written | Refusal } = { stop };
      this.#making.set(message, made);
      void written(store, request, stop.signal).then((result) => {
        made.result = result;
        store.timers.once(`room ${message}`, KEPT_FOR, () => this.#making.delete(message));
      });
    }
    const result = known?.result;
    if (!result) throw refusals.summarising();
    this.#making.delete(message);
    store.timers.drop(`room ${message}`);
    if (result instanceof Refusal) throw result;
    return result;
  }

  /** Lets go of what is being written. */
  clear(): void {
    for (const { stop } of this.#making.values()) stop.abort();
    this.#making.clear();
  }
}

/** Never rejects. */
async function written(
  store: Store,
  request: Parameters<Store['summarise']>[0],
  signal: AbortSignal,
): Promise<Written | Refusal> {
  let text = '';
  try {
    for await (const line of await store.summarise(request, signal)) {
      if (line.kind === 'part') text = '';
      else if (line.kind === 'text') text += line.text;
      else if (line.kind === 'done') return { text: text.trim(), ...(line.usage && { usage: line.usage }) };
      else return refusals.notSummarisedByItself(line.sentence);
    }
    return refusals.notSummarisedByItself('');
  } catch (error) {
    if (error instanceof Refusal) return refusals.notSummarisedByItself(error.message);
    store.trouble(error);
    return refusals.notSummarisedByItself('');
  }
}

/** Replies to what is said after a message, which may have no room there. */
export interface RoomWish {
  readonly outline: Outline;
  readonly header: Conversation;
  /** Of the command. Absent: as the conversation is set. */
  readonly overflow?: Overflow | null | undefined;
  readonly wanted: readonly WantedReply[];
  /** What is said, and what it is to follow. */
  readonly message: string;
  readonly after: string | null;
  /** How they are asked for after `after`; `first`: a summary that would be said in between. Throws Refusal. */
  readonly asking: (after: string | null, first?: Message) => Promise<readonly AskedReply[]>;
}

export interface RoomMade {
  /** What the message follows now: `after`, or a summary. */
  readonly after: string | null;
  readonly asked: readonly AskedReply[];
}

/**
 * How replies are asked for: after `after`, or where that is too large for a model and the conversation is set so, after a summary that
 * makes room. An earlier try's summary is gone on with. Throws Refusal, `summarising` until it is written; EngineError.
 */
export async function withRoom(store: Store, wish: RoomWish): Promise<RoomMade> {
  const { outline, message, after, asking } = wish;
  const made = outline.tree.messages.get(summaryId(message));
  if (made && made.parent === after) return { after: made.id, asked: await asking(made.id) };
  try {
    return { after, asked: await asking(after) };
  } catch (error) {
    const summary = mayMakeRoom(wish, error) && (await makeRoom(store, wish));
    if (!summary) throw error;
    return { after: summary, asked: await asking(summary) };
  }
}

function mayMakeRoom({ header, overflow, outline, message }: RoomWish, error: unknown): boolean {
  if (!(error instanceof Refusal) || error.code !== 'context-too-large') return false;
  return (
    (overflow === undefined ? header.overflow : overflow) === 'summarise' &&
    !outline.tree.messages.has(message)
  );
}

/** The one that reads least writes it: what has room beside its summary has room beside any. */
function writerOf(
  wanted: readonly WantedReply[],
): { readonly model: ModelRef; readonly named: ModelName } | undefined {
  let least: { readonly model: ModelRef; readonly named: ModelName } | undefined;
  for (const { model, named } of wanted)
    if (named?.window !== undefined && named.window < (least?.named.window ?? Number.POSITIVE_INFINITY))
      least = { model, named };
  return least;
}

/** Says a summary that makes room, and answers its id. Undefined where none would. Throws Refusal, EngineError. */
async function makeRoom(store: Store, wish: RoomWish): Promise<string | undefined> {
  const { outline, message, after, wanted, asking } = wish;
  const writer = writerOf(wanted);
  if (after === null || !writer) return undefined;
  const { model, named } = writer;
  const { conversation, tree } = outline;
  const author: Author = { kind: 'model', model, name: named.name };
  const about = { id: summaryId(message), after, author, unasked: true };
  const keep = await mostKept(async (turns) => {
    const text = 'x'.repeat(Math.ceil(answerIn(named.window ?? 0) * BYTES_A_TOKEN));
    await asking(after, summaryMessage(tree, { ...about, text, keep: turns, time: store.clock.tick() }));
  });
  if (keep === undefined) return undefined;
  const said = store.room.take(store, message, { conversation, after, keep, model });
  const summary = { ...about, ...said, keep };
  // Longer than it was asked to be.
  await asking(after, summaryMessage(tree, { ...summary, time: store.clock.tick() }));
  await saySummary(store, outline, summary);
  return about.id;
}

const answerIn = (window: number): number => window - roomIn(window);

/** The most turns for which `fits` does not throw a Refusal; undefined: for none. */
async function mostKept(fits: (turns: number) => Promise<void>): Promise<number | undefined> {
  for (const turns of KEPT)
    try {
      await fits(turns);
      return turns;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  return undefined;
}

const summaryId = (message: string): string =>
  createHash('sha256').update(`summary for ${message}`).digest('base64url').slice(0, 21);
