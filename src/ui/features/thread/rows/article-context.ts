import { createContext } from 'react';

/** What the parts of a message need to know of their article. */
export interface ArticleContextValue {
  /** Its buttons are in the tab order: those of one message at a time. */
  readonly tabbable: boolean;
  readonly last: boolean;
  /** It stands beside others: what is done with it is done there. Default: false. */
  readonly inColumn?: boolean;
}

export const ArticleContext = createContext<ArticleContextValue>({ tabbable: true, last: false });

/** What is drawn is for paper: whole, with nothing to press, whatever is folded, edited or side by side on the screen. */
export const OnPaper = createContext(false);
