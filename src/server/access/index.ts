export { type Access, type Checked, createAccess } from './access.ts';
export { bringTokens, openSharedTokens, tokensAt } from './shared-tokens.ts';
export { openTokenFile, readTokens, writeTokens } from './token-file.ts';
export type { StoredToken } from './token-store.ts';
