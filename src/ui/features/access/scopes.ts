import type { Scope } from '../../../protocol/access.ts';

export const SCOPES: readonly { readonly scope: Scope; readonly name: string; readonly means: string }[] = [
  { scope: 'owner', name: 'Reads and writes', means: 'Everything you can do, access tokens included.' },
  { scope: 'read-only', name: 'Reads only', means: 'Every conversation, live; changes nothing.' },
];

export const scopeName = (scope: Scope): string => SCOPES.find((each) => each.scope === scope)?.name ?? scope;
