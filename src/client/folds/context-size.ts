/**
 * How large the context of the next question is, as far as the page knows it. Pure. The page holds headers, not every text: what a
 * provider counted for the last reply stands for all before it (docs/protocol.md, "Windows", is what the server goes by).
 */

import {
  estimateOf,
  type FilePart,
  type Message,
  type Part,
  type Quote,
  type TokenCount,
} from '../../protocol/index.ts';
import type { MessageHeader, ModelRef } from '../../tree/index.ts';
import { readChain, sameModel } from '../../tree/index.ts';

export interface ContextSize extends TokenCount {
  /** Texts that are not loaded and so counted in part: with any, it is at least this. */
  readonly unread: number;
}

export interface ContextInput {
  /** The path up to the message the question follows, root first. */
  readonly headers: readonly MessageHeader[];
  /** A whole message, if the page has it. */
  readonly message: (id: string) => Message | undefined;
  /** Who will be asked: only its own count is more than an estimate. */
  readonly model: ModelRef | undefined;
}

/** Keeps the size while texts are loaded: one that comes costs itself alone, however long the path is. */
export class ContextMeter {
  private readonly headers: ReadonlyMap<string, MessageHeader>;
  private tokens: number;
  private unread = 0;
  private readonly estimated: boolean;
  private readonly shares = new Map<string, Share>();

  constructor({ headers, message, model }: ContextInput) {
    const { prompt, summary, kept, after } = readChain(headers);
    const inFront = [...(prompt ? [prompt] : []), ...(summary ? [summary] : []), ...kept];
    // What was counted before a summary was what is not read any more.
    const at = after.findLastIndex((header) => countOf(header) !== undefined);
    const counted = after[at];
    this.tokens = counted ? (countOf(counted) as number) : 0;
    this.estimated = !counted || !isOf(counted, model);
    const fresh = prompt && counted && headers.indexOf(prompt) > headers.indexOf(counted) ? [prompt] : [];
    const rest = counted ? [...fresh, ...after.slice(at + 1)] : [...inFront, ...after];
    this.headers = new Map(rest.map((header) => [header.id, header]));
    for (const header of this.headers.values()) this.count(header, message(header.id));
  }

  get size(): ContextSize {
    return { tokens: this.tokens, estimated: this.estimated, unread: this.unread };
  }

  /** A text was loaded. */
  loaded(message: Message): void {
    const header = this.headers.get(message.id);
    if (header) this.count(header, message);
  }

  private count(header: MessageHeader, message: Message | undefined): void {
    const before = this.shares.get(header.id);
    const share = shareOf(header, message);
    this.shares.set(header.id, share);
    this.tokens += share.tokens - (before?.tokens ?? 0);
    this.unread += share.unread - (before?.unread ?? 0);
  }
}

type Share = Pick<ContextSize, 'tokens' | 'unread'>;

function shareOf({ preview }: MessageHeader, message: Message | undefined): Share {
  const tokens = estimate(message?.parts ?? [{ kind: 'text', text: preview }]);
  return { tokens, unread: !message && preview.endsWith('…') ? 1 : 0 };
}

/** What a draft adds: its words, its files and what it quotes. */
export function draftSize(text: string, files: readonly FilePart[], quotes: readonly Quote[] = []): number {
  if (text.trim() === '' && files.length + quotes.length === 0) return 0;
  return estimate([
    ...quotes.map((quote) => ({ kind: 'quote' as const, ...quote })),
    ...files,
    { kind: 'text', text },
  ]);
}

/** Of the context up to and with a reply; undefined where its provider did not say, or the model could not read all of it. */
function countOf({ author, usage, context }: MessageHeader): number | undefined {
  if (author.kind !== 'model' || usage?.input === undefined || usage.output === undefined) return undefined;
  if (context && context.read < context.of) return undefined;
  return usage.input + usage.output - (usage.reasoning ?? 0);
}

const estimate = (parts: readonly Part[]): number => estimateOf([{ parts } as Message]);

function isOf({ author }: MessageHeader, model: ModelRef | undefined): boolean {
  return author.kind === 'model' && sameModel(author.model, model);
}
