import { CornerUpLeft, TextQuote } from 'lucide-react';
import { useState } from 'react';
import { nameOfAuthor, type Quote, quoteOf } from '../../../../protocol/index.ts';
import { cx, IconButton } from '../../../components/index.ts';
import { currentPage, useOfPage } from '../../../stores/page.ts';
import { navigate } from '../../../stores/route.ts';
import { toastFailure } from '../../../stores/toasts.ts';
import { Markdown, PlainText } from '../../markdown/index.ts';
import { isLong } from '../pieces/user-text.tsx';
import * as strings from '../strings.ts';
import type { PartProps } from './part-props.ts';

/** What a message of a person quotes, above its words. */
export function Quotes({ quotes, scope }: { readonly quotes: readonly Quote[]; readonly scope: string }) {
  if (quotes.length === 0) return null;
  return (
    <div className="mb-1.5 flex w-full max-w-[min(88%,38rem)] min-w-0 flex-col gap-1.5">
      {quotes.map((quote, at) => (
        // What was said stays as it is.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Quoted key={at} quote={quote} scope={`${scope}-quote-${at}`} />
      ))}
    </div>
  );
}

/** In a reply: only what came from outside has any there. */
export function QuotePart({ part, scope }: PartProps<'quote'>) {
  return <Quoted quote={quoteOf(part)} scope={scope} />;
}

/** Words said elsewhere: who said them, and the way there. */
function Quoted({ quote, scope }: { readonly quote: Quote; readonly scope: string }) {
  const { author, text, of, summary } = quote;
  const [open, setOpen] = useState(false);
  const isHere = useOfPage((page) => page?.view.id === of.conversation);
  const name = nameOfAuthor(author);
  const title = (summary ? strings.summaryFrom : strings.quotedFrom)(name || strings.yourself);
  const long = isLong(text);
  return (
    <figure
      aria-label={title}
      className="min-w-0 rounded-xl border border-line border-s-4 border-s-leaf/50 bg-surface py-1.5 pr-1.5 pl-3 text-sm"
    >
      <figcaption className="flex items-center gap-1.5 text-muted text-xs">
        <TextQuote aria-hidden size={14} className="shrink-0" />
        <span className="min-w-0 flex-1 truncate">{title}</span>
        <IconButton
          size="sm"
          label={isHere ? strings.goToSource : strings.openSource}
          icon={<CornerUpLeft size={15} />}
          onClick={() => goToSource(quote)}
        />
      </figcaption>
      <blockquote className={cx('pr-1.5', long && !open && 'max-h-40 overflow-hidden mask-b-from-60%')}>
        {author.kind === 'user' ? (
          <PlainText text={text} />
        ) : (
          <Markdown text={text} scope={scope} growing={false} />
        )}
      </blockquote>
      {long && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="mt-1 -ml-1 min-h-7 rounded-md px-1 font-medium text-leaf underline-offset-4 hover:underline"
        >
          {open ? strings.showLess : strings.showMore}
        </button>
      )}
    </figure>
  );
}

function goToSource({ of: { conversation, message } }: Quote): void {
  const page = currentPage();
  if (page?.view.id !== conversation) return navigate({ kind: 'conversation', id: conversation, message });
  const { tree } = page.view;
  const isThere = (tree.whole ?? tree).messages.has(message) || tree.generations.has(message);
  if (isThere) page.goTo(message);
  else toastFailure(new Error(strings.sourceGone));
}
