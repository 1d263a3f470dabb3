/** Access tokens: made, named, revoked, checked (docs/decisions/0046-access-tokens.md). */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { AccessToken, NewToken } from '../../protocol/requests/access.ts';
import { Attempts } from './attempts.ts';
import type { StoredToken, TokenStore } from './token-store.ts';

export type Checked =
  | { readonly kind: 'good'; readonly token: AccessToken }
  | { readonly kind: 'wrong' }
  /** Too many wrong ones: this was not looked at. `wait`: ms. */
  | { readonly kind: 'limited'; readonly wait: number };

export interface Access {
  /** Oldest first, as they were known last. */
  known(): readonly AccessToken[];
  /** Oldest first. Throws EngineError where they are at an engine that is away. */
  list(): Promise<readonly AccessToken[]>;
  /** Resolves once it is stored. `secret` cannot be had again. */
  make(wanted: NewToken): Promise<{ readonly token: AccessToken; readonly secret: string }>;
  /** Resolves once it is stored; `onRevoked` is called. Fine for one that is gone. */
  revoke(id: string): Promise<void>;
  /**
   * What was revoked two seconds ago, at whatever server, is wrong. Throws EngineError where nobody can tell.
   * @param from who tries, as far as it is known: attempts with what is no token are counted by it
   */
  check(text: string, from: string): Promise<Checked>;
  /** Calls back with the id of a token that is revoked. */
  onRevoked(listener: (id: string) => void): void;
  /** Resolves when all that was to be stored is. */
  close(): Promise<void>;
}

export interface AccessOptions {
  /** Whoever opened it closes it through `Access`. */
  readonly store: TokenStore;
  /** ms since the epoch. Default: the real one. */
  readonly now?: () => number;
  /** Called with failures to store something that no request waits for. */
  readonly trouble?: (error: unknown) => void;
}

const HOUR = 3_600_000;

export function createAccess({ store, now = Date.now, trouble = () => {} }: AccessOptions): Access {
  const attempts = new Attempts(now);

  /** To the hour: nothing is written with every request. */
  const use = (token: StoredToken): void => {
    const hour = now() - (now() % HOUR);
    if (token.used === undefined || token.used < hour) store.use(token.id, hour).catch(trouble);
  };

  const known = () => store.tokens().map(told);
  return {
    known,
    async list() {
      await store.fresh();
      return known();
    },
    async make(wanted) {
      const { id, text } = newSecret();
      const token: StoredToken = { id, ...wanted, hash: hashOf(text), created: now() };
      await store.add(token);
      return { token: told(token), secret: text };
    },
    revoke: (id) => store.remove(id),
    async check(text, from) {
      const given = parseSecret(text);
      const find = () => given && store.tokens().find(({ id }) => id === given.id);
      const stranger = `from ${from}`;
      // Who guesses names of tokens does not have them looked for elsewhere without end.
      const isLimited = !find() && attempts.wait(stranger) > 0;
      if (!isLimited) await store.fresh(given?.id);
      const token = find();
      const key = token ? token.id : stranger;
      const wait = attempts.wait(key);
      if (wait > 0) return { kind: 'limited', wait };
      if (given && token && matches(given.text, token.hash)) {
        use(token);
        return { kind: 'good', token: told(token) };
      }
      attempts.failed(key);
      return { kind: 'wrong' };
    },
    onRevoked: (listener) => store.onRemoved(listener),
    close: () => store.close(),
  };
}

/** Without its hash. */
const told = ({ hash: _hash, ...token }: StoredToken): AccessToken => token as AccessToken;

// What a token looks like: `bough_` + 8 characters that name it + `_` + 43 that nobody can guess.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ID = 8;
/** 62^43 is more than 2^256. */
const SECRET = 43;
const PATTERN = new RegExp(`^bough_([A-Za-z0-9]{${ID}})_([A-Za-z0-9]{${SECRET}})$`);

const random = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

interface Secret {
  readonly id: string;
  /** All of it, as a person copies it. */
  readonly text: string;
}

function newSecret(): Secret {
  const id = random(ID);
  return { id, text: `bough_${id}_${random(SECRET)}` };
}

/** Null for what is no token. */
function parseSecret(text: string): Secret | null {
  const id = PATTERN.exec(text.trim())?.[1];
  return id === undefined ? null : { id, text: text.trim() };
}

/** What is stored: with 256 random bits a quick hash is as good as a slow one. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** In the same time whatever differs. */
function matches(text: string, hash: string): boolean {
  const [given, stored] = [Buffer.from(hashOf(text), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === stored.length && timingSafeEqual(given, stored);
}
