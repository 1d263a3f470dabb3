/**
 * How large a context is and which part of it a model can read (docs/protocol.md, "Windows"). Pure: the page's meter and the
 * server's refusal count alike.
 */
import { hasPosition, type ModelRef } from '../../tree/index.ts';
import { partTokens, tokensOf } from '../parts/index.ts';
import type { Message } from '../streams/items.ts';

/** How large a context is. */
export interface TokenCount {
  readonly tokens: number;
  /** False where all but what was said last is what the provider counted. */
  readonly estimated: boolean;
}

/** A context that was fitted into a window. */
export interface Fit extends TokenCount {
  /** What the model is to be asked with: the system prompt, the summary and the newest messages. */
  readonly messages: readonly Message[];
  /** How many messages that are, prompts and summaries not counted; 0: not even the last one fits. */
  readonly read: number;
  /** How many there are. */
  readonly of: number;
}

/** Role, marks and names around each message. */
const AROUND = 4;
/** Room for the answer: a quarter of a small window, this much of a large one. */
const ANSWER = 1_024;

/** The tokens a context may have in a window: the rest is for the answer. */
export function roomIn(window: number): number {
  return window - Math.min(ANSWER, Math.floor(window / 4));
}

/**
 * Tokens of what `contextOf` gave. What the last reply of `model` read and said is known from its usage if it could read all
 * before it; the rest, or everything, is estimated.
 */
export function sizeOf(messages: readonly Message[], model?: ModelRef): TokenCount {
  const at = messages.findLastIndex((message) => tokensCounted(message, model) !== undefined);
  const known = at < 0 ? undefined : tokensCounted(messages[at] as Message, model);
  if (known === undefined) return { tokens: estimateOf(messages), estimated: true };
  return { tokens: known + estimateOf(messages.slice(at + 1)), estimated: false };
}

/** Estimated tokens of messages, or of text that is still being typed. */
export function estimateOf(said: readonly Message[] | string): number {
  if (typeof said === 'string') return tokensOf(said);
  return said.reduce(
    (sum, { parts }) => sum + AROUND + parts.reduce((all, part) => all + partTokens(part), 0),
    0,
  );
}

/**
 * The whole context where it fits; else the system prompt, the summary and as many of the newest messages as do, beginning with one of a
 * person: some providers refuse a context that begins with a reply.
 *
 * @param begun what the answer is to begin with: it is read too, and counts, but is no message. Default: nothing
 */
export function fitWindow(messages: readonly Message[], window: number, model?: ModelRef, begun = ''): Fit {
  const more = begun === '' ? 0 : AROUND + tokensOf(begun);
  const counted = sizeOf(messages, model);
  const size = { ...counted, tokens: counted.tokens + more };
  const [inFront, said] = parted(messages);
  if (size.tokens <= roomIn(window)) return { ...size, messages, read: said.length, of: said.length };
  const scale = Math.max(1, counted.tokens / estimateOf(messages));
  let room = roomIn(window) - more - estimateOf(inFront) * scale;
  let from = said.length;
  for (let at = said.length - 1; at >= 0; at -= 1) {
    room -= estimateOf([said[at] as Message]) * scale;
    if (room < 0) break;
    if (said[at]?.role === 'user') from = at;
  }
  const read = said.length - from;
  return { ...size, messages: newest(messages, read), read, of: said.length };
}

/** The system prompt, the summary, and the last `read` of the other messages. */
export function newest(messages: readonly Message[], read: number): readonly Message[] {
  const [inFront, said] = parted(messages);
  return [...inFront, ...said.slice(Math.max(0, said.length - read))];
}

/** What is read in any case, and what the messages are that are counted. */
function parted(messages: readonly Message[]): [readonly Message[], readonly Message[]] {
  return [messages.filter((message) => !hasPosition(message)), messages.filter(hasPosition)];
}

/** What a reply's own question and answer count: the context up to and with it. */
function tokensCounted(message: Message, model: ModelRef | undefined): number | undefined {
  const { author, usage, context } = message;
  if (author.kind !== 'model' || author.model.source !== model?.source || author.model.id !== model.id)
    return undefined;
  if (usage?.input === undefined || usage.output === undefined) return undefined;
  if (context && context.read < context.of) return undefined;
  return usage.input + usage.output - (usage.reasoning ?? 0);
}
