/** Where access tokens are kept: in the data folder, or at an engine that several servers share. */
import type { AccessToken } from '../../protocol/requests/access.ts';

/** As it is kept: with the hash of its secret. */
export type StoredToken = Omit<AccessToken, 'here'> & { readonly hash: string };

export interface TokenStore {
  /** As of the last look. */
  tokens(): readonly StoredToken[];
  /**
   * Resolves once what was revoked anywhere, more than a moment ago, is known here. Throws EngineError where it cannot be.
   * @param id of a token that may have been made elsewhere just now
   */
  fresh(id?: string): Promise<void>;
  /** Resolves once it is stored. */
  add(token: StoredToken): Promise<void>;
  /** Resolves once it is stored, and those were told who listen. Fine for one that is gone. */
  remove(id: string): Promise<void>;
  /** It was used. `hour`: ms since the epoch. */
  use(id: string, hour: number): Promise<void>;
  /** Calls back with the id of a token that is gone, whoever revoked it. */
  onRemoved(listener: (id: string) => void): void;
  /** Resolves when all that was to be stored is, and nothing goes on. */
  close(): Promise<void>;
}
