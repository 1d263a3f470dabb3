/** The way in with a token of the address, apart from the dialogs: it is waited for before anything is read. */
export { signInByAddress } from './sign-in-by-address.ts';
