/** Whether the sign-in is over the page. Where nobody is signed in it is, until it is put aside. */
import { create } from 'zustand';

interface SignIn {
  /** It was put aside: what is on the page can be read, and what is written is kept. */
  readonly aside: boolean;
  /** Somebody who is signed in wants another token. */
  readonly wanted: boolean;
  /** Why the token in the address did not do. */
  readonly problem?: string | undefined;
}

const NONE: SignIn = { aside: false, wanted: false, problem: undefined };

export const useSignIn = create<SignIn>()(() => NONE);

export const showSignIn = (): void => useSignIn.setState({ aside: false, wanted: true });
export const putSignInAside = (): void => useSignIn.setState({ ...NONE, aside: true });
export const signInFailed = (problem: string): void => useSignIn.setState({ problem });
/** The next time that nobody is signed in begins anew. */
export const signInDone = (): void => useSignIn.setState(NONE);
