import { ArrowUp, ListEnd, Square } from 'lucide-react';
import { type AsideView, useAccess, useActions, useQueue } from '../../../client/hooks/index.ts';
import type { PendingSend } from '../../../client/types.ts';
import { IconButton } from '../../components/index.ts';
import { OnlyHere } from '../../components/only-here.tsx';
import { announce } from '../../stores/announce.ts';
import { asideDraft, type OpenAside, openAside } from '../../stores/aside.ts';
import { usePage } from '../../stores/page.ts';
import { toastFailure } from '../../stores/toasts.ts';
import { flushDrafts, setDraft, useDraft } from '../../stores/writing/drafts.ts';
import { setQuotes, useQuotes } from '../../stores/writing/quotes.ts';
import { useIsUnkept } from '../../stores/writing/written.ts';
import { MessageBox, messageOf, replyBefore } from '../composer/index.ts';
import { DraftQuotes, QueuedMessages } from '../composer/later.ts';
import * as strings from './strings.ts';

interface AsideBoxProps {
  readonly aside: AsideView;
  readonly open: OpenAside;
}

/** Where an aside is asked, and gone on with. */
export function AsideBox({ aside, open }: AsideBoxProps) {
  const draft = asideDraft(open);
  const text = useDraft(draft);
  const quotes = useQuotes(draft);
  const isUnkept = useIsUnkept(`:${draft}`);
  const { readOnly } = useAccess();
  const page = usePage();
  const { stop } = useActions();
  const queue = useQueue(open.conversation, open.head ?? '');
  const ask = useAsking({ aside, open, queue });
  if (readOnly) return null;
  const { id, live } = aside;
  const isEmpty = text.trim() === '' && quotes.length === 0;
  const waits = replyBefore(aside, queue) !== undefined;
  return (
    <form
      aria-label={strings.askAside}
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
      className="mx-3 mb-3 rounded-2xl border border-line-strong/60 bg-surface shadow-sm focus-within:border-leaf focus-within:ring-1 focus-within:ring-leaf"
    >
      {queue.length > 0 && (
        <div className="px-2 pt-2">
          <QueuedMessages view={aside} queue={queue} />
        </div>
      )}
      {isUnkept && <OnlyHere text={text} />}
      {quotes.length > 0 && <DraftQuotes draft={draft} quotes={quotes} />}
      <MessageBox
        text={text}
        label={strings.askAside}
        placeholder={strings.placeholder}
        errand="aside"
        onChange={(value) => setDraft(draft, value)}
        onSend={ask}
        onPaste={() => {}}
      />
      <div className="flex items-center gap-2 p-2">
        <p className="min-w-0 flex-1 truncate pl-2 text-muted text-xs">
          {page?.model ? strings.answers(page.nameOf(page.model)) : strings.noModel}
        </p>
        {live && (
          <IconButton
            look={isEmpty ? 'primary' : 'ghost'}
            label={strings.stop}
            icon={<Square size={14} fill="currentColor" />}
            onClick={() => void stop(id, live.id).catch(toastFailure)}
            className="rounded-full!"
          />
        )}
        {!(live && isEmpty) && (
          <IconButton
            look="primary"
            type="submit"
            label={waits ? strings.askLater : strings.ask}
            icon={waits ? <ListEnd size={17} /> : <ArrowUp size={19} strokeWidth={2.4} />}
            aria-disabled={isEmpty || !page?.model}
            className="rounded-full! aria-disabled:bg-hover aria-disabled:text-muted"
          />
        )}
      </div>
    </form>
  );
}

interface AskingInput extends AsideBoxProps {
  /** What waits in it, oldest first. */
  readonly queue: readonly PendingSend[];
}

/** Sends what is written, behind what is still written; what cannot be sent is said, and stays. */
function useAsking({ aside, open, queue }: AskingInput): () => void {
  const draft = asideDraft(open);
  const text = useDraft(draft);
  const quotes = useQuotes(draft);
  const { send } = useActions();
  const page = usePage();
  return () => {
    if (text.trim() === '' && quotes.length === 0) return;
    if (!page?.model) return announce(strings.noModel);
    const { conversation, owner, head } = open;
    // Also where its first message was taken back.
    const begins = head === undefined || aside.path.length === 0;
    const said = { text: messageOf(text), ...(quotes.length > 0 && { quotes }) };
    const after = begins ? undefined : replyBefore(aside, queue);
    const { message } = send({
      ...{ conversation, parent: begins ? owner : aside.tip, ...said, model: page.model },
      ...(begins && { aside: true }),
      ...(after !== undefined && head !== undefined && { after, inAside: head }),
    });
    if (after !== undefined) announce(strings.queued);
    setDraft(draft, '');
    setQuotes(draft, []);
    flushDrafts();
    openAside({ conversation, owner, head: begins ? message : head });
  };
}
