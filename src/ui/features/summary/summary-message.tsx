import { FileText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMessage } from '../../../client/hooks/index.ts';
import { type Message, summaryText } from '../../../protocol/index.ts';
import { countCovered, type MessageHeader } from '../../../tree/index.ts';
import { Button, Dialog } from '../../components/index.ts';
import { closeDialog, openDialog } from '../../stores/dialogs.ts';
import { type OpenPage, useOfPage } from '../../stores/page.ts';
import { Markdown } from '../markdown/index.ts';
import * as strings from './strings.ts';

interface SummaryProps {
  readonly conversation: string;
  readonly header: MessageHeader;
}

/** Summaries whose words are shown: rows that leave the window are mounted anew when they come back. */
const opened = new Set<string>();

/** A summary in its place in the thread: a line that says what it is, with its words under it once somebody wants them. */
export function SummaryMessage({ conversation, header }: SummaryProps) {
  const [open, setOpen] = useState(() => opened.has(header.id));
  const toggle = () => {
    if (open) opened.delete(header.id);
    else opened.add(header.id);
    setOpen(!open);
  };
  const readOnly = useOfPage((page) => page?.readOnly ?? true);
  const words = useOfPage((page) => page && summaryWords(page, header));
  return (
    <section
      aria-label={words ?? strings.summary}
      className="rounded-xl border border-line border-dashed px-4 py-1.5 text-muted text-sm"
    >
      <div className="flex flex-wrap items-center gap-x-1">
        <FileText aria-hidden size={15} className="mr-1.5 shrink-0" />
        <span className="mr-2 py-1">{words}</span>
        <Button look="text" aria-expanded={open} onClick={toggle}>
          {open ? strings.hideText : strings.read}
        </Button>
        {!readOnly && <EditButton header={header} />}
        <StandsFor header={header} />
      </div>
      {open && <Words {...{ conversation, header }} />}
    </section>
  );
}

/** The same in a dialog, from the tree and from lists. */
export function ReadSummary({ page, message }: { readonly page: OpenPage; readonly message: string }) {
  const header = page.view.tree.messages.get(message);
  if (!header) return null;
  return (
    <Dialog title={summaryWords(page, header)} onClose={closeDialog}>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 text-sm">
        <Words conversation={page.view.id} header={header} />
      </div>
      <div className="flex flex-wrap justify-end gap-2 p-4">
        {!page.readOnly && <EditButton header={header} />}
        <StandsFor header={header} onGo={closeDialog} />
      </div>
    </Dialog>
  );
}

/** All on the way to the end of the path, the newest first; nothing where there is none. */
export function SummaryList({ page }: { readonly page: OpenPage }) {
  const { path } = page.view;
  const found = path.flatMap((entry) =>
    entry.kind === 'message' && entry.header.summary ? [entry.header] : [],
  );
  if (found.length === 0) return null;
  return (
    <section>
      <h3 className="pb-1 font-medium">{strings.onThisBranch}</h3>
      <ul aria-label={strings.onThisBranch}>
        {found.toReversed().map((header) => (
          <li key={header.id} className="flex items-center gap-2">
            <span className="flex-1">{summaryWords(page, header)}</span>
            <Button look="text" onClick={() => openDialog({ kind: 'read-summary', message: header.id })}>
              {strings.read}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const summaryWords = ({ view }: OpenPage, header: MessageHeader): string =>
  strings.summaryOf(countCovered(view.tree, header.id), header.summary?.words ?? 0);

function EditButton({ header }: Pick<SummaryProps, 'header'>) {
  return (
    <Button look="text" onClick={() => openDialog({ kind: 'summary', of: header.id })}>
      {strings.edit}
    </Button>
  );
}

function StandsFor({ header, onGo }: Pick<SummaryProps, 'header'> & { readonly onGo?: () => void }) {
  const first = header.summary?.from;
  const goTo = useOfPage((page) => page?.goTo);
  if (first === undefined || !goTo) return null;
  const go = () => {
    onGo?.();
    goTo(header.id, first);
  };
  return (
    <Button look="text" onClick={go}>
      {strings.standsFor}
    </Button>
  );
}

function Words({ conversation, header }: SummaryProps): ReactNode {
  const { message, error } = useMessage(conversation, header);
  if (!message) return <p className="py-2">{error ?? strings.loading}</p>;
  return (
    <div className="pb-2 text-ink">
      <Markdown text={summaryText(message.parts)} scope={`${header.id}-summary`} growing={false} />
      <p className="pt-1 text-muted text-xs">{sourceOf(message)}</p>
    </div>
  );
}

function sourceOf({ author, parts }: Message): string {
  const by = author.kind === 'model' ? strings.byModel(author.name) : strings.byYou;
  const unasked = parts.some((part) => part.kind === 'summary' && part.unasked);
  return unasked ? `${by}. ${strings.unasked}.` : by;
}
