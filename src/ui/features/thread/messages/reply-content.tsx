import { Unplug } from 'lucide-react';
import { useMemo } from 'react';
import { type Part, textOf } from '../../../../protocol/index.ts';
import type { Finish, ReadContext, Usage } from '../../../../tree/index.ts';
import { Spinner } from '../../../components/index.ts';
import { useShownPart } from '../../../stores/tree-hits.ts';
import { markableText, PartsOf } from '../parts/part-props.ts';
import { OpenReplyContext } from '../parts/question.tsx';
import { BelowMessage } from '../pieces/below-message.tsx';
import { FinishNote } from '../pieces/finish-note.tsx';
import { MessageBody } from '../pieces/message-body.tsx';
import { usePartTimes } from '../pieces/part-times.ts';
import { ReplyHeader } from '../pieces/reply-header.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { endingOf, isOnlyThoughts } from '../rows/finish.ts';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import { usageText } from '../rows/usage-text.ts';
import * as strings from '../strings.ts';
import { PartList } from './part-list.tsx';

export interface ReplyContentProps {
  readonly row: Row;
  readonly name: string;
  readonly demo: boolean | undefined;
  readonly time: number;
  readonly parts: readonly Part[];
  readonly writing: boolean;
  /** It goes on, and what follows is neither kept nor can be read now. Default: it does not. */
  readonly isCut?: boolean;
  readonly finish: Finish | undefined;
  readonly usage: Usage | undefined;
  readonly context: ReadContext | undefined;
  /** Its parts are still to come. Default: false. */
  readonly loading?: boolean;
}

/** A reply: who wrote it, its parts, how it ended, what can be done with it. */
export function ReplyContent(props: ReplyContentProps) {
  const {
    row,
    name,
    demo,
    time,
    parts,
    writing,
    finish,
    usage,
    context,
    loading = false,
    isCut = false,
  } = props;
  const { conversation } = useThread();
  const { entry } = row;
  const origin =
    entry.kind === 'message'
      ? entry.header.origin
      : entry.kind === 'pending'
        ? undefined
        : entry.generation.origin;
  const open = useMemo(
    () => (writing ? { conversation, reply: row.key } : undefined),
    [writing, conversation, row.key],
  );
  const shown = useShownPart(row.key, parts, markableText);
  const of = useMemo(() => ({ message: row.key, shown }), [row.key, shown]);
  const seconds = usePartTimes(parts, writing, time);
  const text = textOf(parts);
  // Nothing can be made of it before the outline has it, too: no order holds between streams.
  const done =
    !writing && !loading && !isCut && !(entry.kind === 'reply' && entry.generation.end === undefined);
  const thoughts = writing || !isOnlyThoughts(finish) ? '' : thoughtsOf(parts);
  return (
    <>
      {!loading && (
        <ReplyHeader
          name={name}
          demo={demo}
          edited={row.editedFrom !== undefined}
          {...(origin && { origin })}
          context={context}
          madeRoom={row.madeRoom}
        />
      )}
      <MessageBody row={row} text={text} drops={parts.some(({ kind }) => kind !== 'text')} loading={loading}>
        {loading ? (
          <Skeleton row={row} hasBelow />
        ) : (
          <div className="flex flex-col gap-3">
            <PartsOf value={of}>
              <OpenReplyContext value={open}>
                <PartList
                  parts={parts}
                  scope={row.key}
                  writing={writing}
                  seconds={seconds}
                  alone={thoughts !== ''}
                />
              </OpenReplyContext>
            </PartsOf>
            {isCut && <CutNote isEmpty={parts.length === 0} />}
            {writing && waits(parts) && <Spinner className="h-7" label={strings.replying} />}
          </div>
        )}
        {done && <FinishNote row={row} finish={finish} thoughts={thoughts} />}
        {/* The same all the while: who is in it stays there. */}
        {done ? (
          <BelowMessage
            row={row}
            time={time}
            meta={usageText(usage)}
            text={text}
            broken={endingOf(finish) !== undefined}
          />
        ) : (
          <BelowMessage row={row} />
        )}
      </MessageBody>
    </>
  );
}

function CutNote({ isEmpty }: { readonly isEmpty: boolean }) {
  return (
    <p
      role="status"
      className="flex w-fit max-w-full gap-2 rounded-xl bg-sunken px-3 py-1.5 text-muted text-sm"
    >
      <Unplug aria-hidden size={15} className="mt-[3px] shrink-0" />
      {isEmpty ? strings.wordsNotKept : strings.asFarAsKept}
    </p>
  );
}

function thoughtsOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])).join('\n\n');
}

/** True while nothing on the screen shows that the reply goes on: before its first word, and after a tool has answered. */
function waits(parts: readonly Part[]): boolean {
  const last = parts[parts.length - 1];
  if (!last) return true;
  if (last.kind === 'question') return 'answer' in last && last.answer !== undefined;
  // An agent goes on after what it did.
  if (OF_AGENTS.has(last.kind)) return true;
  return last.kind === 'tool'
    ? last.output !== undefined || last.error !== undefined
    : 'text' in last && last.text === '';
}

const OF_AGENTS: ReadonlySet<string> = new Set(['session', 'call', 'diff', 'plan', 'notice']);
