import type { Actions } from '../../../client/types.ts';
import type { OpenPage } from '../../stores/page.ts';
import type { Action } from '../action.ts';

/** `tools`: the menu "Tools" above a conversation. `palette`: "Search chats and actions". */
export type PagePlace = 'tools' | 'palette';

type PageGroup = 'anywhere' | 'conversation' | 'tree';

export interface OnPage {
  /** Undefined on a page without a conversation. */
  readonly page: OpenPage | undefined;
  readonly readOnly: boolean;
  readonly client: Actions;
  /** Bough cannot be reached. Default: it can. */
  readonly offline?: boolean;
}

export type PageAction = Action<OnPage, PagePlace, PageGroup>;
