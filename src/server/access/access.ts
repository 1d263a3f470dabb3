/** Access tokens: made, named, revoked, checked (docs/decisions/0046-access-tokens.md). */
import type { AccessToken, NewToken } from '../../protocol/access.ts';
import { Attempts } from './attempts.ts';
import { hashOf, matches, newSecret, parseSecret } from './secret.ts';
import { readTokens, type StoredToken, writeTokens } from './token-file.ts';

export type Checked =
  | { readonly kind: 'good'; readonly token: AccessToken }
  | { readonly kind: 'wrong' }
  /** Too many wrong ones: this was not looked at. `wait`: ms. */
  | { readonly kind: 'limited'; readonly wait: number };

export interface Access {
  /** Oldest first. */
  list(): readonly AccessToken[];
  /** Resolves once it is stored. `secret` cannot be had again. */
  make(wanted: NewToken): Promise<{ readonly token: AccessToken; readonly secret: string }>;
  /** Resolves once it is stored; `onRevoked` is called. Fine for one that is gone. */
  revoke(id: string): Promise<void>;
  /** @param from who tries, as far as it is known: attempts with what is no token are counted by it */
  check(text: string, from: string): Checked;
  /** Calls back with the id of a token that is revoked. */
  onRevoked(listener: (id: string) => void): void;
  /** Resolves when all that was to be stored is. */
  idle(): Promise<void>;
}

export interface AccessOptions {
  readonly path: string;
  /** ms since the epoch. Default: the real one. */
  readonly now?: () => number;
  /** Called with failures to store something that no request waits for. */
  readonly trouble?: (error: unknown) => void;
}

const HOUR = 3_600_000;

/** @throws {Error} with a line for people when the file is there and cannot be read. */
export async function openAccess({
  path,
  now = Date.now,
  trouble = () => {},
}: AccessOptions): Promise<Access> {
  let tokens = await readTokens(path);
  const attempts = new Attempts(now);
  const listeners: ((id: string) => void)[] = [];
  let writing: Promise<void> = Promise.resolve();

  /** One change at a time; what could not be stored did not happen. */
  const change = (changed: (tokens: readonly StoredToken[]) => readonly StoredToken[]): Promise<void> => {
    const run = writing.then(async () => {
      const next = changed(tokens);
      if (next === tokens) return;
      await writeTokens(path, next);
      tokens = next;
    });
    writing = run.catch(() => {});
    return run;
  };

  /** To the hour: a file is not written with every request. */
  const use = (token: StoredToken): void => {
    const hour = now() - (now() % HOUR);
    if (token.used !== undefined && token.used >= hour) return;
    const used = (each: StoredToken) => (each.id === token.id ? { ...each, used: hour } : each);
    tokens = tokens.map(used);
    change((before) => before.map(used)).catch(trouble);
  };

  return {
    list: () => tokens.map(told),
    async make(wanted) {
      const { id, text } = newSecret();
      const token: StoredToken = { id, ...wanted, hash: hashOf(text), created: now() };
      await change((before) => [...before, token]);
      return { token: told(token), secret: text };
    },
    async revoke(id) {
      await change((before) =>
        before.some((each) => each.id === id) ? before.filter((each) => each.id !== id) : before,
      );
      for (const listener of listeners) listener(id);
    },
    check(text, from) {
      const given = parseSecret(text);
      const token = given && tokens.find(({ id }) => id === given.id);
      const key = token ? token.id : `from ${from}`;
      const wait = attempts.wait(key);
      if (wait > 0) return { kind: 'limited', wait };
      if (given && token && matches(given.text, token.hash)) {
        use(token);
        return { kind: 'good', token: told(token) };
      }
      attempts.failed(key);
      return { kind: 'wrong' };
    },
    onRevoked: (listener) => void listeners.push(listener),
    idle: () => writing,
  };
}

/** Without its hash. */
const told = ({ hash: _hash, ...token }: StoredToken): AccessToken => token as AccessToken;
