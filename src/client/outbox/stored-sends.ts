/** Sends and edits kept over reloads. Every failure of the storage is tolerated: the send then lives as long as the page, and says so. */
import * as z from 'zod/mini';
import {
  areQuotes,
  filePartSchema,
  idSchema,
  modelRefSchema,
  overflowSchema,
  type Quote,
} from '../../protocol/index.ts';
import type { PendingSend, SendInput } from '../types.ts';

/** What of the Web's `Storage` is used. */
export type KeyValues = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const words = {
  conversation: idSchema,
  message: idSchema,
  parent: z.nullable(idSchema),
  text: z.string(),
  files: z.optional(z.readonly(z.array(filePartSchema))),
  quotes: z.optional(z.custom<readonly Quote[]>(areQuotes)),
  model: modelRefSchema,
  temperature: z.optional(z.nullable(z.number())),
  overflow: z.optional(z.nullable(overflowSchema)),
  folder: z.optional(z.nullable(z.string())),
  anew: z.optional(z.nullable(z.boolean())),
  copies: z.optional(z.nullable(z.boolean())),
  origin: z.optional(z.enum(['fork', 'aside'])),
};

/** What a send in the queue waits for. */
const holdSchema = z.object({
  /** The reply it follows. */
  after: idSchema,
  /** However that reply ends: a person had it stopped in favour of this. Default: only when it is done. */
  anyEnd: z.optional(z.boolean()),
  /** That reply will not be asked for: the message it would answer was taken back. */
  orphan: z.optional(z.boolean()),
  /** The first message of the aside it is said in. Default: it is said in the conversation. */
  inAside: z.optional(idSchema),
});
export type Hold = z.infer<typeof holdSchema>;

const savedSchema = z.object({
  at: z.number(),
  create: z.boolean(),
  problem: z.optional(z.string()),
  code: z.optional(z.string()),
  facts: z.optional(z.record(z.string(), z.number())),
  hold: z.optional(holdSchema),
  send: z.union([
    // First: the other would take it, too, and leave out what makes it an edit.
    z.object({
      ...words,
      of: idSchema,
      role: z.enum(['system', 'user', 'assistant']),
      reply: z.optional(idSchema),
    }),
    z.object({
      ...words,
      reply: idSchema,
      replies: z.optional(z.custom<NonNullable<PendingSend['replies']>>(Array.isArray)),
      system: z.optional(idSchema),
      choices: z.optional(z.custom<NonNullable<SendInput['choices']>>(Array.isArray)),
    }),
  ]),
});
export type Saved = z.infer<typeof savedSchema>;

export const UNSENT_KEY = 'bough.outbox/';
/** Most sends kept, so that what was forgotten somewhere does not take all the room there is. */
const LIMIT = 100;

/** One entry a send, so that tabs do not overwrite each other's. */
export class StoredSends {
  private readonly storage: KeyValues | undefined;

  constructor(storage: KeyValues | undefined) {
    this.storage = storage;
  }

  /** False: the browser does not keep it. One that is kept already stays as it was where there is no room for what changed of it. */
  save(saved: Saved): boolean {
    const key = UNSENT_KEY + saved.send.message;
    const isKnown = attempt(() => this.storage?.getItem(key) != null) ?? false;
    if (!isKnown && this.keys().length >= LIMIT) return false;
    const isKept = attempt(() => {
      this.storage?.setItem(key, JSON.stringify(saved));
      return this.storage !== undefined;
    });
    return isKept ?? isKnown;
  }

  forget(message: string): void {
    attempt(() => this.storage?.removeItem(UNSENT_KEY + message));
  }

  /** False once some tab has forgotten the send. True when the storage cannot tell. */
  has(message: string): boolean {
    return attempt(() => this.storage?.getItem(UNSENT_KEY + message) !== null) ?? true;
  }

  /** The one entry of this key of the storage, as another tab has written it; undefined where there is none. */
  read(key: string): Saved | undefined {
    return key.startsWith(UNSENT_KEY)
      ? attempt(() => savedSchema.safeParse(JSON.parse(this.storage?.getItem(key) ?? '')).data)
      : undefined;
  }

  /** The message an entry of this key is kept for; undefined for keys that are not of the outbox. */
  messageAt(key: string): string | undefined {
    return key.startsWith(UNSENT_KEY) ? key.slice(UNSENT_KEY.length) : undefined;
  }

  /** All that is kept, oldest first. What cannot be read is left alone: another version may have written it. */
  load(): Saved[] {
    const saved = this.keys().map((key) => this.read(key));
    return saved.filter((entry) => entry !== undefined).sort((a, b) => a.at - b.at);
  }

  private keys(): string[] {
    const { storage } = this;
    const all = attempt(() =>
      Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index)),
    );
    return (all ?? []).filter((key) => typeof key === 'string').filter((key) => key.startsWith(UNSENT_KEY));
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
