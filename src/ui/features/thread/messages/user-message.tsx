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
  const { tabbable } = use(ArticleContext);
  const { message, error } = useMessage(conversation, header);
  if (!message)
    return error ? <LoadFailure row={row} header={header} error={error} /> : <Skeleton row={row} />;
  const text = textOf(message.parts);
  const files = filesOf(message.parts);
  const quotes = quotesOf(message.parts);
  // Somebody from outside; whoever is at the page needs no name.
  const name = nameOfAuthor(header.author);
  return (
    <MessageBody row={row} text={text} files={files} quotes={quotes} drops={hasMore(message.parts)}>
      {name !== '' && <ReplyHeader name={name} />}
      <Quotes quotes={quotes} scope={row.key} />
      <MessageFiles files={files} tabIndex={tabbable ? 0 : -1} />
      {text !== '' && <UserText text={text} />}
      <OtherParts parts={message.parts} scope={row.key} />
      {header.origin.kind === 'stale' && <CameSecond row={row} />}
      {row.noReply && <NoReply generation={row.noReply} />}
      <BelowMessage row={row} time={header.time} text={text} />
    </MessageBody>
  );
}
