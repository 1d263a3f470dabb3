/** Whether the server lets this browser in, as its answers say (docs/protocol.md, "Access"). */
import { Signal } from './signal.ts';

export interface AccessView {
  /** An answer has said the rest of this; before it nothing is known. */
  readonly isHeard: boolean;
  /** A token is needed and none was shown: the cookie is missing, has expired, or its token was revoked. */
  readonly signedOut: boolean;
  /** The token reads, and changes nothing. */
  readonly readOnly: boolean;
}

/** What an answer says of it. */
export interface AccessAnswer {
  /** The header `Bough-Access`; null where no token was needed. */
  readonly scope: string | null;
  /** The header `Bough-Kept-As`: which data it is of, and who was let in. Absent or null: the server cannot say (yet). */
  readonly keptAs?: string | null;
  /** The code of a refusal. */
  readonly code?: string;
}

export class AccessSignal extends Signal<AccessView> {
  constructor() {
    super({ isHeard: false, signedOut: false, readOnly: false });
  }

  readonly heard = ({ scope, code }: AccessAnswer): void => {
    if (code === SIGNED_OUT) this.change({ ...this.get(), isHeard: true, signedOut: true });
    // Any other refusal may have come before anybody looked at a token.
    else if (code === undefined || scope !== null)
      this.change({ isHeard: true, signedOut: false, readOnly: scope === 'read-only' });
  };

  private change(next: AccessView): void {
    const { isHeard, signedOut, readOnly } = this.get();
    if (next.isHeard !== isHeard || next.signedOut !== signedOut || next.readOnly !== readOnly)
      this.set(next);
  }
}

export const SIGNED_OUT = 'signed-out';
