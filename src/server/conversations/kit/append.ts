/**
 * `append(item, at)` of the write order (docs/protocol.md, "Write order"): how every message gets into a branch.
 *
 * An answer counts only if it says that the message landed at `at`. Whatever else happens (another tail, a conflict, a
 * lost response, a process that died and came back) the stream is asked what stands there, and that decides.
 */
import { type Message, readMessage } from '../../../protocol/index.ts';
import { type Engine, type Offset, START, StreamMissing } from '../../engine/index.ts';
import { isUnavailable, noAnswer } from './refusals.ts';

/**
 * `done`: the message stands between `start` and `end`; `message` is as stored, perhaps by an earlier try.
 * `taken`: something else stands there: a message (`null` if it cannot be read as one) up to `end`. Nothing was written.
 * `wide`: more than one message was read, and where the first ends cannot be told: who wrote behind it had indexed it, so the
 * outline tells (decision 0014). `own`: the message is among them.
 */
export type Appended =
  | { readonly kind: 'done'; readonly message: Message; readonly start: Offset; readonly end: Offset }
  | {
      readonly kind: 'taken';
      readonly message: Message | null;
      readonly start: Offset;
      readonly end: Offset;
      readonly wide?: { readonly own?: Message };
    };

export type Append = (engine: Engine, stream: string, message: Message, at: Offset) => Promise<Appended>;

const ATTEMPTS = 3;

/**
 * Puts `message` at `at`, the end of its parent in `stream`; `START` for the first message of a fresh stream.
 * Idempotent by the message's id. Throws StreamMissing; EngineUnavailable when the outcome is unknown: repeat it.
 */
export const append: Append = async (engine, stream, message, at) => {
  let trouble: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const slot = await lookAt(engine, stream, at);
    if (slot.kind === 'item') {
      const { messages, end } = slot;
      const own = ownAtEnd(messages, message);
      if (own) return { kind: 'done', message: own, start: at, end };
      const wide = !areOne(messages) && { wide: amongThem(messages, message) };
      return { kind: 'taken', message: messages[0] ?? null, start: at, end, ...wide };
    }
    const result = await engine.append(stream, [message], { seq: slot.tail }).catch((error: unknown) => {
      if (!isUnavailable(error)) throw error;
      // The outcome is unknown.
      trouble = error;
      return null;
    });
    if (result?.kind === 'appended' && result.start === slot.tail) {
      return { kind: 'done', message, start: at, end: result.next };
    }
    if (result?.kind === 'closed') return { kind: 'taken', message: null, start: at, end: result.next };
  }
  throw noAnswer('appending to', stream, trouble);
};

export type SlotContent =
  | { readonly kind: 'free'; readonly tail: Offset }
  /** One message up to `end`; more only where the engine chooses its pages. `null` for what cannot be read as one. */
  | { readonly kind: 'item'; readonly messages: readonly (Message | null)[]; readonly end: Offset };

/** What stands at `at`: costs a HEAD, and one item (a page) if there is one. Throws EngineError. */
export async function lookAt(engine: Engine, stream: string, at: Offset): Promise<SlotContent> {
  if (at !== START) {
    const head = await engine.head(stream);
    if (!head) throw new StreamMissing(stream);
    if (head.next === at) return { kind: 'free', tail: at };
  }
  const { items, next } = await engine.read(stream, at, { maxItems: 1 });
  if (items.length === 0) return { kind: 'free', tail: next };
  return { kind: 'item', messages: items.map(readMessage), end: next };
}

/**
 * The message as stored, if the page ends with it: then its end is known. Behind others only if it follows its parent; else
 * it got there by mistake and is never indexed there.
 */
function ownAtEnd(messages: readonly (Message | null)[], { id, parent }: Message): Message | null {
  const first = messages.findIndex((found) => found?.id === id);
  const follows = first === 0 || messages[first - 1]?.id === parent;
  const isLast = first >= 0 && areOne(messages.slice(first));
  return isLast && follows ? (messages[first] ?? null) : null;
}

/**
 * One message, perhaps more than once in a row: a POST that was thought lost may have landed beside its repetition, past an
 * engine that forgot its sequence numbers. Behind coarse pages that is one message, which ends where the last one does.
 */
export const areOne = (messages: readonly (Message | null)[]): boolean =>
  messages.every((found) => found?.id === messages[0]?.id);

function amongThem(messages: readonly (Message | null)[], { id }: Message): { own?: Message } {
  const own = messages.find((found) => found?.id === id);
  return own ? { own } : {};
}
