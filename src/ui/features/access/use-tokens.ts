import { useCallback, useEffect, useState } from 'react';
import { accessCommand } from '../../../client/access-commands.ts';
import { useBough } from '../../../client/hooks/index.ts';
import { sentenceOf } from '../../../client/kit/errors.ts';
import type { AccessOutput, NewToken } from '../../../protocol/requests/access.ts';
import { clearBrowser } from '../../stores/browser/clear-browser.ts';

type TokenList = AccessOutput<'list'>;

export interface Tokens {
  /** Undefined while they are read. */
  readonly listed: TokenList | undefined;
  /** Why they could not be read. */
  readonly problem: string | undefined;
  /** Resolves to the secret. Rejects with an error whose message is a sentence. */
  readonly make: (wanted: NewToken) => Promise<string>;
  /** Rejects as `make`. */
  readonly revoke: (id: string) => Promise<void>;
  /** The one this browser is signed in with: it leaves as by `signOut`. Rejects as `make`. */
  readonly revokeHere: (id: string, keepWritten: boolean) => Promise<void>;
  /** Takes this browser's cookie away and what was read here, and what was written unless that is kept. Loads the page anew. Rejects as `make`. */
  readonly signOut: (keepWritten: boolean) => Promise<void>;
}

/** The access tokens, read when the dialog is opened and after each change. */
export function useTokens(): Tokens {
  const { http, kept } = useBough();
  const [listed, setListed] = useState<TokenList>();
  const [problem, setProblem] = useState<string>();
  const load = useCallback(async () => {
    try {
      setListed(await accessCommand(http, 'list', {}));
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }, [http]);
  useEffect(() => void load(), [load]);
  const leave = async (keepWritten: boolean) => {
    await clearBrowser({ clearRead: kept && (() => kept.clear()), keepWritten });
    // Nothing of what was on the page stays, neither there nor in memory.
    location.replace('/');
  };
  return {
    listed,
    problem,
    make: async (wanted) => {
      const { secret } = await accessCommand(http, 'make', wanted);
      await load();
      return secret;
    },
    revoke: async (id) => {
      await accessCommand(http, 'revoke', { id });
      await load();
    },
    signOut: async (keepWritten) => {
      await accessCommand(http, 'sign-out', {});
      await leave(keepWritten);
    },
    revokeHere: async (id, keepWritten) => {
      await accessCommand(http, 'revoke', { id });
      await leave(keepWritten);
    },
  };
}
