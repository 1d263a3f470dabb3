import { createContext } from 'react';

/** What can be done from a card, as the thread does it. Given by the page; stable. */
export interface CardActs {
  /** Opens the editor of a prompt in the thread; `shown` is the reply the way goes on with. */
  readonly edit: (prompt: string, shown: string | null) => void;
  /** Asks for another reply to a prompt. */
  readonly regenerate: (prompt: string, shown: string | null) => void;
  /** Ends a reply that is being written; what is there stays. */
  readonly stop: (reply: string) => void;
  /** Aims the message box after a reply; nothing is written until Send. */
  readonly fork: (reply: string, words: string) => void;
}

/** Null where cards can only be gone to. */
export const CardActsContext = createContext<CardActs | null>(null);
