export { type Access, type Checked, createAccess } from './access.ts';
export { openSharedTokens } from './shared-tokens.ts';
export { openTokenFile } from './token-file.ts';
