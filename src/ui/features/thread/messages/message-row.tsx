import { memo, use } from 'react';
import type { MessageHeader } from '../../../../tree/index.ts';
import { useSoon } from '../../../components/index.ts';
import { useSideBySide } from '../../../stores/side-by-side.ts';
import { SummaryMessage } from '../../summary/index.ts';
import { MessageArticle } from '../pieces/message-article.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { ArticleContext, OnPaper } from '../rows/article-context.ts';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import { PendingMessage } from './pending-message.tsx';
import { ReplyRow } from './reply-row.tsx';
import { SideBySide } from './side-by-side.tsx';
import { SystemMessage } from './system-message.tsx';
import { UserMessage } from './user-message.tsx';

interface MessageRowProps {
  readonly row: Row;
  /** This message is the one in the tab order. */
  readonly tabbable: boolean;
  /** The last of the thread: its actions are always shown. */
  readonly last: boolean;
}

/** One row of the thread, whatever became of its message. */
export const MessageRow = memo(function MessageRow({ row, tabbable, last }: MessageRowProps) {
  if (row.role === 'system') return <SystemMessage row={row} />;
  if (row.summary) return <Summary header={row.summary} />;
  return (
    <MessageArticle row={row} tabbable={tabbable} last={last}>
      <Content row={row} />
    </MessageArticle>
  );
});

function Summary({ header }: { readonly header: MessageHeader }) {
  const { conversation } = useThread();
  return <SummaryMessage conversation={conversation} header={header} />;
}

function Content({ row }: { readonly row: Row }) {
  const { entry } = row;
  const prompt = promptOf(row);
  const isOnPaper = use(OnPaper);
  const beside = useSideBySide(prompt) && !isOnPaper;
  // What has the focus is gone into by the next key.
  const isDrawn = useSoon(true, use(ArticleContext).tabbable) || isOnPaper;
  if (!isDrawn && entry.kind === 'message') return <Skeleton row={row} />;
  if (beside && prompt !== null) return <SideBySide row={row} prompt={prompt} />;
  if (entry.kind === 'pending') return <PendingMessage row={row} pending={entry.pending} />;
  if (entry.kind === 'message' && row.role === 'user') return <UserMessage row={row} header={entry.header} />;
  return <ReplyRow row={row} />;
}

/** What a reply that is shown answers; null for anything else. */
function promptOf({ entry, role }: Row): string | null {
  if (entry.kind === 'reply' || entry.kind === 'empty-end') return entry.generation.parent;
  return entry.kind === 'message' && role === 'assistant' ? entry.header.parent : null;
}
