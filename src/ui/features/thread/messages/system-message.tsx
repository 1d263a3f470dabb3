import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessage } from '../../../../client/hooks/index.ts';
import { textOf } from '../../../../protocol/index.ts';
import { plainLine } from '../../../../protocol/reading/first-line.ts';
import type { MessageHeader } from '../../../../tree/index.ts';
import { IconButton } from '../../../components/index.ts';
import { openDialog } from '../../../stores/dialogs.ts';
import { PlainText } from '../../markdown/index.ts';
import { OtherParts } from '../parts/part-view.tsx';
import type { Row } from '../rows/rows.ts';
import { useThread } from '../rows/thread-context.ts';
import * as strings from '../strings.ts';

/** The system prompt from here on: not a message, folded. */
export function SystemMessage({ row }: { readonly row: Row }) {
  if (row.entry.kind !== 'message') return null;
  const { header } = row.entry;
  return (
    <div className="flex items-start gap-1 rounded-xl border border-line py-0.5 pr-1 pl-4 text-muted text-sm">
      {header.preview === '' ? <Line>{strings.noPrompt}</Line> : <Prompt header={header} />}
      <IconButton
        size="sm"
        label={strings.changePrompt}
        icon={<Pencil size={15} />}
        className="mt-1"
        onClick={() => openDialog({ kind: 'system-prompt', message: header.id })}
      />
    </div>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return <p className="min-w-0 flex-1 py-2">{children}</p>;
}

function Prompt({ header }: { readonly header: MessageHeader }) {
  const { conversation } = useThread();
  const { message, error } = useMessage(conversation, header);
  return (
    <details className="min-w-0 flex-1">
      <summary className="truncate py-2">
        {strings.promptBegins} <bdi>{plainLine(header.preview)}</bdi>
      </summary>
      <div className="pb-3 text-ink">
        {message ? (
          <>
            <PlainText text={textOf(message.parts)} />
            <OtherParts parts={message.parts} scope={header.id} />
          </>
        ) : (
          (error ?? strings.loading)
        )}
      </div>
    </details>
  );
}
