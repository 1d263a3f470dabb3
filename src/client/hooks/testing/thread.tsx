/** A page with one conversation, for tests: every row is a `p` with the entry's key as its test id. */
import { screen, waitFor } from '@testing-library/react';
import { expect } from 'vitest';
import { textOf } from '../../../protocol/index.ts';
import type { Generation, MessageHeader } from '../../../tree/index.ts';
import type { ConversationView, PathEntry } from '../../types.ts';
import { useActions, useConnection, useConversation, useMessage, useReply } from '../index.ts';

export const id = 'conversation-1';

/** Renders by row; the whole view is 'thread'. */
export const renders = new Map<string, number>();
const count = (name: string) => renders.set(name, (renders.get(name) ?? 0) + 1);

/** What the page has at the moment. */
export const now: { view?: ConversationView; actions?: ReturnType<typeof useActions> } = {};

function MessageRow({ header }: { header: MessageHeader }) {
  const { message, error } = useMessage(id, header);
  count(header.id);
  return <p data-testid={header.id}>{message ? textOf(message.parts) : (error ?? '...')}</p>;
}

function ReplyRow({ generation }: { generation: Generation }) {
  const reply = useReply(id, generation);
  count(generation.id);
  return <p data-testid={generation.id}>{textOf(reply.parts)}</p>;
}

function Row({ entry }: { entry: PathEntry }) {
  if (entry.kind === 'message') return <MessageRow header={entry.header} />;
  if (entry.kind === 'reply') return <ReplyRow generation={entry.generation} />;
  if (entry.kind === 'pending')
    return <p data-testid={entry.key}>{`${entry.pending.text}, ${entry.pending.state}`}</p>;
  return <p data-testid={entry.key}>{`no words: ${entry.generation.end?.reason}`}</p>;
}

/** @param last rows mounted, from the end: a virtualised thread in short */
export function Thread({ last = 20, selected = null }: { last?: number; selected?: string | null }) {
  const view = useConversation(id, { selected });
  const connection = useConnection();
  now.view = view;
  now.actions = useActions();
  count('thread');
  return (
    <section>
      <h1>{`${view.status} ${connection.kind}`}</h1>
      <i>{view.path.map(({ kind, key }) => `${kind}:${key}`).join(' ')}</i>
      {view.path.slice(-last).map((entry) => (
        <Row key={entry.key} entry={entry} />
      ))}
    </section>
  );
}

export const textIn = (row: string) => screen.getByTestId(row).textContent;
/** Waits for a row's text. */
export const says = (row: string, text: string) =>
  waitFor(() => expect(screen.getByTestId(row).textContent).toBe(text));
/** Waits for the heading: "ready live". */
export const stands = (text: string) =>
  waitFor(() => expect(screen.getByRole('heading').textContent).toBe(text));
/** Waits for the path: "message:a reply:b". */
export const pathIs = (text: string) =>
  waitFor(() => expect(document.querySelector('i')?.textContent).toBe(text));
