/**
 * The words of all conversations on disk: a projection that can be thrown away (decision 0244). Who feeds it: `conversations/find/feed.ts`.
 */
import type { EverywhereQuery } from '../../protocol/find/everywhere.ts';

/** A message as its words are stored. */
export interface StoredMessage {
  readonly id: string;
  /** ms since the epoch. */
  readonly time: number;
  readonly role: string;
  /** Who said it; empty: a person here. */
  readonly author: string;
  /** The name of the model that wrote it; empty: none did. */
  readonly model: string;
  readonly file: boolean;
  readonly code: boolean;
  /** First words of the message its branch begins with; empty on the first branch. */
  readonly branch: string;
  readonly text: string;
}

/** What people put on a message, and where it stands; only of those that have any of it. */
export interface StoredStanding {
  readonly id: string;
  readonly pruned: boolean;
  readonly aside: boolean;
  readonly star: boolean;
  readonly labels: readonly string[];
}

/** What is said of one conversation, all of it in one step together with what else is in the same batch. */
export interface Portion {
  readonly conversation: string;
  readonly archived: boolean;
  readonly messages: readonly StoredMessage[];
  /** `new`: said just now. `old`: found before all that is there, when an old folder is read for the first time. */
  readonly age: 'new' | 'old';
  /** With the last portion of a conversation: where its outline was read to, all standings of its messages, and how many branches are hidden. */
  readonly whole?: {
    readonly cursor: string;
    readonly standings: readonly StoredStanding[];
    readonly hidden: number;
  };
}

export interface StoredHit {
  readonly conversation: string;
  readonly archived: boolean;
  readonly message: Omit<StoredMessage, 'text' | 'file' | 'code'>;
  readonly standing: Omit<StoredStanding, 'id'>;
  readonly excerpt: string;
  readonly marks: [number, number][];
}

export interface StoredHits {
  /** The newest first. */
  readonly hits: readonly StoredHit[];
  /** Where to go on looking; absent: all was looked at. */
  readonly next?: string;
}

export interface StoredChoices {
  readonly models: readonly string[];
  readonly labels: readonly string[];
}

/** A conversation with hidden branches. */
export interface StoredHidden {
  readonly id: string;
  readonly branches: number;
}

/** What is known of a conversation: where its outline was read to (empty: not to an end), and whether it is archived. */
export interface ConversationWords {
  readonly id: string;
  readonly cursor: string;
  readonly archived: boolean;
}

/** Every method rejects with an Error where the file or its library fails. */
export interface WordStore {
  /** Conversations it has something of. */
  conversations(): Promise<readonly ConversationWords[]>;
  /** Ids of the messages it has of a conversation. */
  messages(conversation: string): Promise<readonly string[]>;
  /** In one step. What it has already is skipped. */
  take(portions: readonly Portion[]): Promise<void>;
  forget(conversation: string): Promise<void>;
  find(query: EverywhereQuery): Promise<StoredHits>;
  choices(): Promise<StoredChoices>;
  /** Those with the most first. */
  hidden(): Promise<readonly StoredHidden[]>;
  close(): Promise<void>;
}
