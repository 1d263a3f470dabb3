import { TextQuote, X } from 'lucide-react';
import { nameOfAuthor, type Quote } from '../../../protocol/index.ts';
import { excerpt, plainLine } from '../../../protocol/reading/first-line.ts';
import { IconButton } from '../../components/index.ts';
import { announce } from '../../stores/announce.ts';
import { ask } from '../../stores/errands.ts';
import { setQuotes } from '../../stores/writing/quotes.ts';
import * as strings from './strings-later.ts';

export interface DraftQuotesProps {
  readonly draft: string;
  readonly quotes: readonly Quote[];
}

/** What the message that is being written quotes: each with who said it, and the way to leave it out. */
export function DraftQuotes({ draft, quotes }: DraftQuotesProps) {
  const remove = (quote: Quote) => {
    setQuotes(
      draft,
      quotes.filter((one) => one !== quote),
    );
    announce(strings.quoteRemoved);
    ask('composer');
  };
  return (
    <ul aria-label={strings.quotes} className="flex max-h-44 flex-col gap-1.5 overflow-y-auto p-2 pb-0">
      {quotes.map((quote) => (
        <li
          key={`${quote.of.message} ${quote.text}`}
          className="flex items-start gap-2 rounded-xl border border-line bg-paper py-1 pr-1 pl-2.5 text-sm"
        >
          <TextQuote aria-hidden size={15} className="mt-1.5 shrink-0 text-muted" />
          <p className="line-clamp-2 min-w-0 flex-1 py-1 text-muted wrap-anywhere">
            <span className="font-medium text-ink">
              <bdi>{strings.quoteBy(nameOfAuthor(quote.author) || strings.you)}</bdi>
            </span>{' '}
            {plainLine(quote.text).slice(0, 400)}
          </p>
          <IconButton
            size="sm"
            label={strings.removeQuote(excerpt(quote.text))}
            icon={<X size={15} />}
            onClick={() => remove(quote)}
          />
        </li>
      ))}
    </ul>
  );
}
