/** What `/` and `@` in the message box offer: groups of texts by name, each from a source of its own (decision 0206). Types alone. */
import type { ConversationView } from '../../../client/types.ts';
import type { Model } from '../../../protocol/index.ts';

export interface SlashItem {
  /** Unique in its source. */
  readonly id: string;
  /** What is searched and shown after the slash. */
  readonly name: string;
  /** A line that says more. */
  readonly about?: string;
  /** Takes the place of the sign and what was typed after it. */
  readonly text: string;
}

export interface SlashGroup {
  /** Undefined while they are read. */
  readonly items: readonly SlashItem[] | undefined;
  /** Said where there are none. Default: the group is not shown then. */
  readonly empty?: string | undefined;
  /** Ends the group, as long as nothing was typed: to add one, to change them. The sign goes out of the text. */
  readonly more?: { readonly name: string; readonly run: () => void };
}

/** Where the message will go. */
export interface SlashPlace {
  /** Undefined in a chat that does not exist yet. */
  readonly view: ConversationView | undefined;
  /** What answers; undefined where there is nothing to answer. */
  readonly model: Model | undefined;
}

export type SlashSign = '/' | '@';

/** What is typed behind a sign. */
export interface SlashQuery {
  readonly sign: SlashSign;
  /** Where the sign stands. */
  readonly start: number;
  /** Where what is typed ends: the caret. */
  readonly end: number;
  readonly words: string;
}

export interface SlashSource {
  /** What it comes behind. Default: `/`. */
  readonly sign?: SlashSign;
  /** Only where an agent answers. Default: wherever one writes. */
  readonly agents?: true;
  /** Heading of its group, and a part of the accessible name. */
  readonly heading: string;
  /** A hook: called while the menu is open, with every render. */
  readonly useGroup: (place: SlashPlace, query: SlashQuery) => SlashGroup;
}
