import { useMemo } from 'react';
import { useMessage, useReply } from '../../../client/hooks/index.ts';
import type { ConversationView } from '../../../client/types.ts';
import { nameOfAuthor, textOf } from '../../../protocol/index.ts';
import type { Generation, MessageHeader } from '../../../tree/index.ts';
import { momentText } from '../../components/date-text.ts';
import { Spinner } from '../../components/index.ts';
import * as strings from './strings.ts';
import { diffOf } from './word-diff.ts';

interface ComparedMessageProps {
  readonly view: ConversationView;
  readonly message: string;
  /** The message in its place in the first branch; absent: nothing to compare with. */
  readonly against: string | undefined;
}

/** A message with who wrote it, how much and when; words that are other than in the first branch are marked. */
export function ComparedMessage({ view, message, against }: ComparedMessageProps) {
  const { messages, generations } = view.tree.whole ?? view.tree;
  const header = messages.get(message);
  const other = against === undefined ? undefined : messages.get(against);
  const generation = generations.get(message);
  if (!header) return generation ? <Live conversation={view.id} generation={generation} /> : null;
  return (
    <article className="mb-5">
      <p className="text-muted text-xs">{aboutOf(header)}</p>
      {other && other.role === header.role ? (
        <Changed conversation={view.id} header={header} other={other} />
      ) : (
        <Plain conversation={view.id} header={header} />
      )}
    </article>
  );
}

/** A reply as its words come; how it differs is said once it is whole. */
function Live({
  conversation,
  generation,
}: {
  readonly conversation: string;
  readonly generation: Generation;
}) {
  const { parts } = useReply(conversation, generation);
  const text = textOf(parts);
  return (
    <article className="mb-5">
      <p className="text-muted text-xs">
        {generation.name} · {generation.end ? strings.wordless : strings.beingWritten}
      </p>
      <p dir="auto" className={LOOK}>
        {text}
      </p>
    </article>
  );
}

interface WordsProps {
  readonly conversation: string;
  readonly header: MessageHeader;
}

const LOOK = 'mt-0.5 whitespace-pre-wrap break-words text-sm';

function Plain({ conversation, header }: WordsProps) {
  const { message, error } = useMessage(conversation, header);
  if (!message) return error ? <p className={LOOK}>{error}</p> : <Spinner label={strings.loading} />;
  return (
    <p dir="auto" className={LOOK}>
      {textOf(message.parts)}
    </p>
  );
}

function Changed({ conversation, header, other }: WordsProps & { readonly other: MessageHeader }) {
  const { message, error } = useMessage(conversation, header);
  const { message: first } = useMessage(conversation, other);
  const parts = useMemo(
    () => (message && first ? diffOf(textOf(first.parts), textOf(message.parts)) : undefined),
    [message, first],
  );
  if (!parts) return error ? <p className={LOOK}>{error}</p> : <Spinner label={strings.loading} />;
  return (
    <p dir="auto" className={LOOK}>
      {parts.map(({ at, value, added, removed }) => {
        if (added)
          return (
            <ins key={at} className="rounded-xs bg-leaf-soft text-leaf no-underline">
              {value}
            </ins>
          );
        if (removed)
          return (
            <del key={at} className="rounded-xs bg-danger-soft text-danger">
              {value}
            </del>
          );
        return value;
      })}
    </p>
  );
}

function aboutOf({ role, author, usage, time, finish }: MessageHeader): string {
  const who = nameOfAuthor(author) || (role === 'user' ? strings.you : strings.editedByYou);
  const tokens = usage?.output === undefined ? '' : strings.tokens(usage.output);
  const took = finish && finish.at > time ? `${((finish.at - time) / 1000).toFixed(1)} s` : '';
  return [who, tokens, took, momentText(time)].filter(Boolean).join(' · ');
}
