import { use } from 'react';
import { useMessage } from '../../../../client/hooks/index.ts';
import { filesOf, nameOfAuthor, type Part, quotesOf, textOf } from '../../../../protocol/index.ts';
import type { MessageHeader } from '../../../../tree/index.ts';
import { MessageFiles } from '../../files/later.ts';
import { OtherParts } from '../parts/part-view.tsx';
import { Quotes } from '../parts/quote.tsx';
import { BelowMessage } from '../pieces/below-message.tsx';
import { CameSecond } from '../pieces/came-second.tsx';
import { LoadFailure } from '../pieces/load-failure.tsx';
import { MessageBody } from '../pieces/message-body.tsx';
import { NoReply } from '../pieces/no-reply.tsx';
import { ReplyHeader } from '../pieces/reply-header.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { UserText } from '../pieces/user-text.tsx';
import { ArticleContext } from '../rows/article-context.ts';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';

/** An edit keeps words, files and quotes alone. */
const hasMore = (parts: readonly Part[]): boolean =>
  parts.some(({ kind }) => kind !== 'text' && kind !== 'file' && kind !== 'quote');

interface UserMessageProps {
  readonly row: Row;
  readonly header: MessageHeader;
}

export function UserMessage({ row, header }: UserMessageProps) {
  const { conversation } = useThread();
  const { message, ...failed } = useMessage(conversation, header);
  if (failed.error) return <LoadFailure row={row} header={header} {...failed} />;
  const { parts = NOTHING } = message ?? {};
  const text = textOf(parts);
  const files = filesOf(parts);
  const quotes = quotesOf(parts);
  return (
    <MessageBody {...{ row, text, files, quotes }} drops={hasMore(parts)} loading={!message}>
      {message ? <Said {...{ row, header, parts, text }} /> : <Skeleton row={row} hasBelow />}
      {/* The same all the while: who is in it stays there. */}
      <BelowMessage row={row} {...(message && { time: header.time, text })} />
    </MessageBody>
  );
}

const NOTHING: readonly Part[] = [];

interface SaidProps extends UserMessageProps {
  readonly parts: readonly Part[];
  readonly text: string;
}

function Said({ row, header, parts, text }: SaidProps) {
  const { tabbable } = use(ArticleContext);
  // Somebody from outside; whoever is at the page needs no name.
  const name = nameOfAuthor(header.author);
  return (
    <>
      {name !== '' && <ReplyHeader name={name} />}
      <Quotes quotes={quotesOf(parts)} scope={row.key} />
      <MessageFiles files={filesOf(parts)} tabIndex={tabbable ? 0 : -1} />
      {text !== '' && <UserText text={text} />}
      <OtherParts parts={parts} scope={row.key} />
      {header.origin.kind === 'stale' && <CameSecond row={row} />}
      {row.noReply && <NoReply generation={row.noReply} />}
    </>
  );
}
