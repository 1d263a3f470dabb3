/** "Summarise by itself when it is full": the summary that makes room for a message (docs/protocol.md, "Windows"; decision 0217). */
import { createHash } from 'node:crypto';
import { type CommandInput, type Message, Refusal, roomIn } from '../../../protocol/index.ts';
import type { Author, MessageHeader, ModelRef, Tree } from '../../../tree/index.ts';
import type { ModelName } from '../../models/port.ts';
import type { Outline } from '../index/outlines.ts';
import type { Store } from '../index/store.ts';
import { refusals } from '../kit/refusals.ts';
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

export interface FullContext {
  readonly outline: Outline;
  /** The message there is no room for, and what it is to follow. */
  readonly message: string;
  readonly after: string;
  readonly model: ModelRef;
  readonly named: ModelName;
  /** Whether what is said fits behind this summary. Throws Refusal where it does not. */
  readonly fits: (summary: Message) => Promise<unknown>;
}

/** The summary that was said for a message before, by an earlier try. */
export function roomMadeFor(tree: Tree, message: string): MessageHeader | undefined {
  return tree.messages.get(summaryId(message));
}

/**
 * Says a summary that makes room, and answers its id. Undefined where none would. Throws Refusal `summarising` until it is written, and
 * why it could not be; EngineError.
 */
export async function makeRoom(store: Store, full: FullContext): Promise<string | undefined> {
  const { outline, message, after, model, named, fits } = full;
  const { conversation, tree } = outline;
  const author: Author = { kind: 'model', model, name: named.name };
  const about = { id: summaryId(message), after, author, unasked: true };
  const tokens = named.window === undefined ? 0 : named.window - roomIn(named.window);
  const filler = 'x'.repeat(Math.ceil(tokens * BYTES_A_TOKEN));
  let keep: number | undefined;
  for (const turns of KEPT) {
    const isFitting = async () =>
      fits(summaryMessage(tree, { ...about, text: filler, keep: turns, time: store.clock.tick() }));
    keep ??= await isFitting().then(
      () => turns,
      (error) => {
        if (error instanceof Refusal) return undefined;
        throw error;
      },
    );
  }
  if (keep === undefined) return undefined;
  const said = store.room.take(store, message, { conversation, after, keep, model });
  const summary = { ...about, ...said, keep };
  // Longer than it was asked to be.
  await fits(summaryMessage(tree, { ...summary, time: store.clock.tick() }));
  await saySummary(store, outline, summary);
  return about.id;
}

const summaryId = (message: string): string =>
  createHash('sha256').update(`summary for ${message}`).digest('base64url').slice(0, 21);
