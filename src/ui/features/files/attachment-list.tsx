import { AudioLines, FileText, TriangleAlert, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useActions, useConnection } from '../../../client/hooks/index.ts';
import { filePath, isAudio, isImage, partTokens } from '../../../protocol/index.ts';
import { Button, cx, IconButton, Spinner } from '../../components/index.ts';
import { lengthText, sizeText } from '../../components/size-text.ts';
import { announce } from '../../stores/announce.ts';
import { ask } from '../../stores/errands.ts';
import { type Attachment, attachmentsOf } from '../../stores/writing/attachments.ts';
import { FileDialog } from './file-dialog.tsx';
import { MoreBelow } from './more-below.tsx';
import { ReadAs } from './read-as.tsx';
import * as strings from './strings-later.ts';
import { attachOtherwise, detach, readAs, retry, retryAll } from './uploads.ts';

interface AttachmentListProps {
  readonly draft: string;
  readonly attachments: readonly Attachment[];
}

/** What is attached to a draft: previews, progress, what went wrong, and a way out of each. */
export function AttachmentList({ draft, attachments }: AttachmentListProps) {
  useRetryOnConnection(draft);
  const list = useRef<HTMLUListElement>(null);
  return (
    <div className="flex flex-col">
      <ul
        ref={list}
        aria-label={strings.attachedFiles}
        className="flex max-h-50 flex-wrap gap-2 overflow-y-auto rounded-t-2xl p-2 pb-0"
      >
        {attachments.map((attachment) => (
          <Item key={attachment.id} draft={draft} attachment={attachment} />
        ))}
      </ul>
      <MoreBelow list={list} count={attachments.length} />
    </div>
  );
}

function Item({ draft, attachment }: { readonly draft: string; readonly attachment: Attachment }) {
  const { upload } = useActions();
  const { id, name, state } = attachment;
  const [open, setOpen] = useState(false);
  const remove = () => {
    detach(draft, id);
    announce(strings.removed(name));
    ask('composer');
  };
  return (
    <li
      className={cx(
        'flex min-h-12 max-w-full items-center gap-2 rounded-xl border py-1 pr-1 pl-1.5 text-sm',
        state.kind === 'failed' ? 'border-danger bg-danger-soft' : 'border-line bg-paper',
      )}
    >
      <Picture attachment={attachment} />
      <span className="flex min-w-0 flex-col items-start">
        {state.kind === 'ready' ? (
          <button
            type="button"
            aria-haspopup="dialog"
            aria-label={strings.openOf(name)}
            title={name}
            onClick={() => setOpen(true)}
            className="min-h-6 max-w-48 truncate rounded-md text-start font-medium hover:underline"
          >
            {name}
          </button>
        ) : (
          <span className="max-w-48 truncate font-medium" title={name}>
            {name}
          </span>
        )}
        <Status attachment={attachment} />
      </span>
      {open && state.kind === 'ready' && <FileDialog file={state.file} onClose={() => setOpen(false)} />}
      {state.kind === 'failed' && state.again && (
        <Button onClick={() => retry(draft, id, upload)}>{strings.tryAgain}</Button>
      )}
      {'other' in state && state.other && (
        <OtherwiseButton draft={draft} attachment={attachment} other={state.other} />
      )}
      {state.kind === 'failed' && state.readings && (
        <ReadAs
          name={name}
          readings={state.readings}
          onChoose={(encoding) => void readAs(draft, id, encoding, upload)}
        />
      )}
      <IconButton
        size="sm"
        label={state.kind === 'uploading' ? strings.cancelOf(name) : strings.removeOf(name)}
        icon={<X size={15} />}
        onClick={remove}
      />
    </li>
  );
}

interface OtherwiseProps {
  readonly draft: string;
  readonly attachment: Attachment;
  readonly other: 'pages' | 'source';
}

/** The pages of a PDF as pictures, a page of the web as it is written. */
function OtherwiseButton({ draft, attachment: { id, name, state }, other }: OtherwiseProps) {
  const { upload } = useActions();
  const of = (state.kind === 'ready' && state.file.original?.name) || name;
  const [label, says] =
    other === 'pages' ? [strings.asPages, strings.asPagesOf(of)] : [strings.asSource, strings.asSourceOf(of)];
  return (
    <Button
      className="shrink-0 whitespace-nowrap"
      aria-label={says}
      onClick={() => void attachOtherwise(draft, id, other, upload)}
    >
      {label}
    </Button>
  );
}

function Picture({ attachment: { state } }: { readonly attachment: Attachment }) {
  const box = 'grid size-9 shrink-0 place-items-center rounded-lg bg-sunken text-muted';
  if (state.kind === 'failed') return <TriangleAlert aria-hidden size={18} className="m-2 text-danger" />;
  if (state.kind === 'uploading') return <Spinner className={box} />;
  if (isImage(state.file))
    return <img src={filePath(state.file.hash)} alt="" className="size-9 shrink-0 rounded-lg object-cover" />;
  const Icon = isAudio(state.file) ? AudioLines : FileText;
  return <Icon aria-hidden size={18} className={cx(box, 'p-2')} />;
}

function Status({ attachment: { name, size, state } }: { readonly attachment: Attachment }) {
  if (state.kind === 'failed') return <span className="max-w-72 text-danger text-xs">{state.sentence}</span>;
  if (state.kind === 'ready') {
    const { seconds } = state.file;
    const length = seconds === undefined ? [] : [lengthText(seconds)];
    const facts = [...length, state.note ?? sizeText(size), strings.aboutTokens(partTokens(state.file))];
    return <span className="max-w-72 text-muted text-xs">{facts.join(' · ')}</span>;
  }
  if (state.reading) return <progress aria-label={strings.reading(name)} className="h-1 w-24 accent-leaf" />;
  return (
    <progress aria-label={strings.uploading(name)} value={state.share} className="h-1 w-24 accent-leaf" />
  );
}

/** What failed for lack of a connection goes on when there is one. */
function useRetryOnConnection(draft: string): void {
  const { upload } = useActions();
  const { kind } = useConnection();
  const again = useEffectEvent(() => attachmentsOf(draft).length > 0 && retryAll(draft, upload));
  useEffect(() => {
    if (kind === 'live') again();
  }, [kind]);
}
