import { useState } from 'react';
import { useConnection, useKeptReply, useMessage, useReply } from '../../../../client/hooks/index.ts';
import { isCutOff } from '../../../../client/live/view.ts';
import { nameOfAuthor, type Part } from '../../../../protocol/index.ts';
import type { Generation, MessageHeader } from '../../../../tree/index.ts';
import { BelowMessage } from '../pieces/below-message.tsx';
import { FinishNote } from '../pieces/finish-note.tsx';
import { LoadFailure } from '../pieces/load-failure.tsx';
import { ReplyHeader } from '../pieces/reply-header.tsx';
import { useLasting } from '../pieces/use-lasting.ts';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import { ReplyContent } from './reply-content.tsx';

/**
 * A reply. A row that saw it being written stays with the words it has when the reply becomes a message: nothing is mounted anew,
 * so what is selected, unfolded or focused stays.
 */
export function ReplyRow({ row }: { readonly row: Row }) {
  const { entry } = row;
  const [watched] = useState(entry.kind === 'reply' ? entry.generation : undefined);
  const generation = entry.kind === 'reply' ? entry.generation : watched;
  if (entry.kind === 'empty-end') return <EmptyEnd row={row} generation={entry.generation} />;
  if (generation) return <WatchedReply row={row} generation={generation} />;
  return entry.kind === 'message' ? <StoredReply row={row} header={entry.header} /> : null;
}

/** A reply that ended before its first word: why, and "Try again" in the same place. */
function EmptyEnd({ row, generation }: { readonly row: Row; readonly generation: Generation }) {
  return (
    <>
      <ReplyHeader name={generation.name} demo={generation.demo} />
      <FinishNote row={row} finish={generation.end} />
      {row.versions.length > 1 && <BelowMessage row={row} time={generation.started} />}
    </>
  );
}

function WatchedReply({ row, generation }: { readonly row: Row; readonly generation: Generation }) {
  const { conversation } = useThread();
  const reply = useReply(conversation, generation);
  const { entry } = row;
  const isAway = isCutOff(useConnection());
  // The end is shown with the next frame. If it never comes, the log broke off here; the branch has the whole message.
  const late = useLasting(entry.kind === 'message' && !reply.end, 1_000);
  if (entry.kind === 'message' && late) return <StoredReply row={row} header={entry.header} />;
  return (
    <ReplyContent
      row={row}
      name={generation.name}
      demo={generation.demo}
      time={generation.started}
      parts={reply.parts}
      writing={!reply.end && !isAway}
      isCut={!reply.end && isAway}
      finish={reply.end}
      usage={reply.usage}
      context={generation.context}
    />
  );
}

function StoredReply({ row, header }: { readonly row: Row; readonly header: MessageHeader }) {
  const { conversation } = useThread();
  const { message, ...failed } = useMessage(conversation, header);
  const kept = useKeptReply(conversation, header.id, failed.away === true);
  if (failed.error && !kept) return <LoadFailure row={row} header={header} {...failed} />;
  const { author } = header;
  const name = row.editedFrom ?? nameOfAuthor(author);
  return (
    <ReplyContent
      row={row}
      name={name}
      demo={author.kind === 'model' && author.demo}
      time={header.time}
      parts={message?.parts ?? kept?.parts ?? NOTHING}
      loading={!message && !kept}
      isCut={!message && kept !== undefined}
      writing={false}
      finish={header.finish}
      usage={header.usage}
      context={header.context}
    />
  );
}

const NOTHING: readonly Part[] = [];
