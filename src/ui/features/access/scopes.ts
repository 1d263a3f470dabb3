import type { Scope } from '../../../protocol/access.ts';
import * as strings from './strings.ts';

export const SCOPES: readonly { readonly scope: Scope; readonly name: string; readonly means: string }[] = [
  { scope: 'owner', name: strings.readsAndWrites, means: strings.readsAndWritesMeans },
  { scope: 'read-only', name: strings.readsOnly, means: strings.readsOnlyMeans },
];

export const scopeName = (scope: Scope): string => SCOPES.find((each) => each.scope === scope)?.name ?? scope;
