import { useMessage } from '../../../client/hooks/index.ts';
import { textOf } from '../../../protocol/index.ts';
import type { MessageHeader } from '../../../tree/index.ts';
import { PlainText } from '../markdown/index.ts';
import type { Row } from './rows.ts';
import { useThread } from './thread-context.ts';

/** The system prompt from here on: not a message, folded. */
export function SystemMessage({ row }: { readonly row: Row }) {
  return row.entry.kind === 'message' ? <Prompt header={row.entry.header} /> : null;
}

function Prompt({ header }: { readonly header: MessageHeader }) {
  const { conversation } = useThread();
  const { message, error } = useMessage(conversation, header);
  return (
    <details className="rounded-xl border border-line px-4 text-sm">
      <summary className="truncate py-2 text-muted">
        System prompt: <bdi>{header.preview}</bdi>
      </summary>
      <div className="pb-3">
        {message ? <PlainText text={textOf(message.parts)} /> : (error ?? 'Loading…')}
      </div>
    </details>
  );
}
