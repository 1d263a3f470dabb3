import type { NewToken, Scope } from '../../../protocol/requests/access.ts';
import * as strings from './strings.ts';

export const SCOPES: readonly { readonly scope: Scope; readonly name: string; readonly means: string }[] = [
  { scope: 'owner', name: strings.readsAndWrites, means: strings.readsAndWritesMeans },
  { scope: 'read-only', name: strings.readsOnly, means: strings.readsOnlyMeans },
  { scope: 'writer', name: strings.joins, means: strings.joinsMeans },
];

/** What is chosen of a token beside its name. */
export type TokenChoice = Omit<NewToken, 'name'>;

export const scopeName = (scope: Scope): string => SCOPES.find((each) => each.scope === scope)?.name ?? scope;
