/**
 * The access tokens of servers that share an engine: a stream there, so that what is made at one is good at all, and what is revoked at
 * one is revoked at all within two seconds (decision 0242).
 *
 * Each looks once a second. Where the last look is older, whoever shows a token waits for the next, and is let in by nobody while the
 * engine is away.
 */
import * as z from 'zod/mini';
import { count, modelRefSchema, v } from '../../protocol/fields.ts';
import { ACCESS, VERSION } from '../../protocol/index.ts';
import { scopeSchema } from '../../protocol/requests/access.ts';
import { type Engine, EngineError, EngineUnavailable } from '../engine/index.ts';
import { SharedList } from '../shared-list.ts';
import { readTokens, writeTokens } from './token-file.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

const tokenItemSchema = z.object({
  v,
  kind: z.literal('token'),
  id: z.string(),
  /** All of it, when it was made. */
  made: z.optional(
    z.object({
      name: z.string(),
      scope: scopeSchema,
      conversation: z.optional(z.string()),
      answers: z.optional(modelRefSchema),
      /** SHA-256 of the secret, in hex. */
      hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      created: count,
    }),
  ),
  /** To the hour; the latest counts. */
  used: z.optional(count),
  /** For good. */
  revoked: z.optional(z.literal(true)),
});
type TokenItem = z.infer<typeof tokenItemSchema>;
type TokenEntry = Pick<TokenItem, 'made' | 'used' | 'revoked'>;

/** What was said first of how it was made stands; who knows the secret of one cannot make it anew with another scope. */
function merge(before: TokenEntry | undefined, { made, used, revoked }: TokenItem): TokenEntry {
  if (before?.revoked) return before;
  if (revoked) return { revoked };
  const isNew = (!before?.made && made) || (used !== undefined && used > (before?.used ?? -1));
  if (before && !isNew) return before;
  const latest = Math.max(before?.used ?? -1, used ?? -1);
  return { ...pick(before?.made ?? made), ...(latest >= 0 && { used: latest }) };
}

const pick = (made: TokenItem['made']): Pick<TokenEntry, 'made'> => (made ? { made } : {});

const openRegister = (engine: Engine): SharedList<TokenEntry, TokenItem> =>
  new SharedList(engine, ACCESS, {
    schema: tokenItemSchema,
    merge,
    snapshot: (id, entry) => [{ v: VERSION, kind: 'token', id, ...entry }],
  });

const itemOf = ({ id, used, ...made }: StoredToken): TokenItem => ({
  ...{ v: VERSION, kind: 'token', id, made },
  ...(used !== undefined && { used }),
});

const tokensOf = (entries: ReadonlyMap<string, TokenEntry>): readonly StoredToken[] =>
  [...entries].flatMap(([id, { made, used }]): readonly StoredToken[] =>
    made ? [{ id, ...made, ...(used !== undefined && { used }) } as StoredToken] : [],
  );

/** Tokens at an engine, and the ids of those that were revoked there. Throws EngineError. */
export async function tokensAt(
  engine: Engine,
): Promise<{ readonly tokens: readonly StoredToken[]; readonly revoked: readonly string[] }> {
  const entries = await openRegister(engine).refresh();
  return {
    tokens: tokensOf(entries),
    revoked: [...entries].filter(([, entry]) => entry.revoked).map(([id]) => id),
  };
}

/** Brings tokens to an engine, but for those it knows; answers how many were new. What was revoked there stays so. Throws EngineError. */
export async function bringTokens(
  engine: Engine,
  tokens: readonly StoredToken[],
  revoked: readonly string[] = [],
): Promise<number> {
  const register = openRegister(engine);
  const known = await register.refresh();
  const items = tokens.filter(({ id }) => !known.has(id)).map(itemOf);
  const gone = revoked.map((id): TokenItem => ({ v: VERSION, kind: 'token', id, revoked: true }));
  if (items.length + gone.length > 0) await register.write([...items, ...gone]);
  return items.length;
}

export interface SharedTokensOptions {
  readonly engine: Engine;
  /** The file of this data folder: its tokens are brought to the engine, and it is kept as the engine has them. */
  readonly path: string;
  readonly trouble: (error: unknown) => void;
  /** ms since the epoch. Default: the real time. */
  readonly now?: () => number;
  /** ms between two looks. Default: `LOOK`. */
  readonly every?: number;
}

const LOOK = 1_000;
/** An older look is not relied on, in ms: with the next one it makes less than two seconds. */
const RELIED_ON = 1_500;
/** How long whoever shows a token waits for a look, in ms. */
const PATIENCE = 5_000;

/** The engine may be away: it is asked when it is needed. @throws {Error} the file of this folder cannot be read */
export async function openSharedTokens(options: SharedTokensOptions): Promise<TokenStore> {
  return new SharedTokens(options, await readTokens(options.path));
}

class SharedTokens implements TokenStore {
  readonly #register: SharedList<TokenEntry, TokenItem>;
  readonly #path: string;
  readonly #trouble: (error: unknown) => void;
  readonly #now: () => number;
  readonly #listeners: ((id: string) => void)[] = [];
  readonly #every: number;
  #timer: NodeJS.Timeout | undefined;
  /** What the file holds. */
  #kept: string;
  /** Of the file, until they are at the engine. */
  #own: readonly StoredToken[];
  #tokens: readonly StoredToken[] = [];
  #entries: ReadonlyMap<string, TokenEntry> | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(
    { engine, path, trouble, now = Date.now, every = LOOK }: SharedTokensOptions,
    own: readonly StoredToken[],
  ) {
    this.#register = openRegister(engine);
    this.#path = path;
    this.#trouble = trouble;
    this.#now = now;
    this.#own = own;
    this.#tokens = own;
    this.#kept = JSON.stringify(own);
    this.#every = every;
  }

  tokens = (): readonly StoredToken[] => this.#tokens;

  async fresh(id?: string): Promise<void> {
    this.#watch();
    const isKnown = () => id === undefined || this.#tokens.some((token) => token.id === id);
    for (;;) {
      if (isKnown() && this.#now() - this.#lookedAt < RELIED_ON) return;
      const wasUnderWay = this.#looking !== undefined;
      await within(PATIENCE, this.#look());
      // One that was begun before may have seen too little.
      if (!wasUnderWay) return;
    }
  }

  async add({ id, used: _used, ...made }: StoredToken): Promise<void> {
    await this.#bringOwn();
    await this.#write([{ v: VERSION, kind: 'token', id, made }]);
  }

  async remove(id: string): Promise<void> {
    await this.#bringOwn();
    await this.#write([{ v: VERSION, kind: 'token', id, revoked: true }]);
  }

  async use(id: string, hour: number): Promise<void> {
    await this.#write([{ v: VERSION, kind: 'token', id, used: hour }]);
  }

  onRemoved = (listener: (id: string) => void): void => void this.#listeners.push(listener);

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#looking?.catch(() => {});
    await this.#writing;
  }

  /** From the first token somebody shows: answers that are given for one are cut when it is revoked. */
  #watch(): void {
    if (this.#isClosed) return;
    this.#timer ??= setInterval(() => void this.#look().catch(() => {}), this.#every).unref();
  }

  /** One look for all who ask while it is on its way; it says what held when it was begun. */
  #look(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#looking ??= this.#lookNow().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookNow(): Promise<void> {
    const begun = this.#now();
    await this.#bringOwn();
    this.#take(await this.#register.refresh());
    this.#lookedAt = begun;
  }

  /** What the folder had before it shared an engine. What was revoked there stays so. */
  async #bringOwn(): Promise<void> {
    if (this.#own.length === 0) return;
    const known = await this.#register.refresh();
    const items = this.#own.filter(({ id }) => !known.has(id)).map(itemOf);
    if (items.length > 0) await this.#register.write(items);
    this.#own = [];
  }

  async #write(items: readonly TokenItem[]): Promise<void> {
    this.#take(await this.#register.write(items));
  }

  #take(entries: ReadonlyMap<string, TokenEntry>): void {
    if (entries === this.#entries) return;
    this.#entries = entries;
    const before = this.#tokens;
    this.#tokens = tokensOf(entries);
    const there = new Set(this.#tokens.map(({ id }) => id));
    for (const { id } of before) if (!there.has(id)) for (const listener of this.#listeners) listener(id);
    this.#keep(this.#tokens);
  }

  /** As the engine has them: the folder may be used without it one day. */
  #keep(tokens: readonly StoredToken[]): void {
    const text = JSON.stringify(tokens);
    if (text === this.#kept) return;
    this.#kept = text;
    this.#writing = this.#writing.then(() => writeTokens(this.#path, tokens)).catch(this.#trouble);
  }
}

/** Rejects with EngineUnavailable when it takes longer. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineUnavailable('The storage does not answer.')), ms);
  });
  try {
    await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineUnavailable('The access tokens cannot be read.', null, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
