import type { ComponentType } from 'react';
import { dialogLater } from '../../components/index.ts';
import { closeDialog, type OpenedDialog, useDialogs } from '../../stores/dialogs.ts';
import { type OpenPage, usePage } from '../../stores/page.ts';
import { Compare } from '../compare/index.ts';
import { ReplyDetails, TooLarge } from '../context/later.ts';
import { AskSeveral, CannotGoBack, ChooseOnce, CopyOrNot } from '../models/later.ts';
import { Palette, QuoteInto, ShortcutSheet } from '../palette/index.ts';
import { SystemPromptDialog } from '../system-prompt/index.ts';
import { LabelDialog } from './label-dialog.tsx';
import { MessageMenu } from './message-menu.tsx';
import { PrunedDialog } from './pruned-dialog.tsx';
import { SeveralDialog } from './several-dialog.tsx';

/** A dialog whose code is loaded when it is first opened. */
function openedLater<P extends object>(importer: () => Promise<ComponentType<P>>) {
  return dialogLater<P>(importer, closeDialog);
}

const summaries = () => import('../summary/later.ts');
const SummaryDialog = openedLater(async () => (await summaries()).SummaryDialog);
const QuoteSummary = openedLater(async () => (await summaries()).QuoteSummary);
const ReadSummary = openedLater(async () => (await summaries()).ReadSummary);
const FilesHere = openedLater<{ readonly page: OpenPage; readonly message: string }>(
  async () => (await import('../folders/later.ts')).FilesHere,
);
const TakeFiles = openedLater<{
  readonly conversation: string;
  readonly message: string;
  readonly what: 'take' | 'restore';
}>(async () => (await import('../folders/later.ts')).TakeFiles);
const CopiesDialog = openedLater<{
  readonly only?: readonly { readonly conversation: string; readonly copy: string }[];
}>(async () => (await import('../folders/later.ts')).CopiesDialog);
const AlongDialog = openedLater<{ readonly folder: string }>(
  async () => (await import('../folders/later.ts')).AlongDialog,
);
const OpenersDialog = openedLater<{ readonly again?: (() => void) | undefined }>(
  async () => (await import('../folders/later.ts')).OpenersDialog,
);
const PromptsDialog = openedLater(async () => (await import('../prompts/later.ts')).PromptsDialog);
const AccessDialog = openedLater(async () => (await import('../access/later.ts')).AccessDialog);
const FolderDialog = openedLater(async () => (await import('../files/later.ts')).FolderDialog);
const ImportDialog = openedLater(async () => (await import('../transfer/later.ts')).ImportDialog);
const ExportDialog = openedLater<{
  readonly page: OpenPage | undefined;
  readonly conversation?: string | undefined;
  readonly message?: string | undefined;
}>(async () => (await import('../transfer/later.ts')).ExportDialog);

const MoveTo = openedLater<{ readonly conversations: readonly string[] }>(
  async () => (await import('../conversations/later.ts')).MoveTo,
);
const NewFolder = openedLater(async () => (await import('../conversations/later.ts')).NewFolder);
const ExportManyDialog = openedLater<{ readonly conversations: readonly string[] }>(
  async () => (await import('../transfer/later.ts')).ExportManyDialog,
);
const ShareDialog = openedLater<{ readonly page: OpenPage; readonly from?: string | undefined }>(
  async () => (await import('../transfer/later.ts')).ShareDialog,
);

/** Whatever is open over the page. */
export function Dialogs() {
  const { dialog } = useDialogs();
  const page = usePage();
  return (
    <>
      {dialog?.kind === 'palette' && <Palette />}
      {dialog?.kind === 'shortcuts' && <ShortcutSheet />}
      {dialog?.kind === 'access' && <AccessDialog />}
      {dialog?.kind === 'prompts' && <PromptsDialog adding={dialog.adding} />}
      {dialog?.kind === 'folder' && <FolderDialog {...dialog} />}
      {dialog?.kind === 'copies' && <CopiesDialog {...dialog} />}
      {dialog?.kind === 'along' && <AlongDialog folder={dialog.folder} />}
      {dialog?.kind === 'openers' && <OpenersDialog again={dialog.again} />}
      {dialog?.kind === 'import' && <ImportDialog />}
      {dialog?.kind === 'export' && <ExportDialog {...dialog} page={page} />}
      {dialog?.kind === 'system-prompt' && <SystemPromptDialog page={page} from={dialog.message} />}
      {dialog?.kind === 'ask-several' && <AskSeveral run={dialog.run} current={dialog.current} />}
      {dialog?.kind === 'export-many' && <ExportManyDialog conversations={dialog.conversations} />}
      {dialog?.kind === 'move' && <MoveTo conversations={dialog.conversations} />}
      {dialog?.kind === 'new-folder' && <NewFolder />}
      {dialog?.kind === 'quote-into' && <QuoteInto quotes={dialog.quotes} onCancel={dialog.onCancel} />}
      {dialog && page && <OfConversation dialog={dialog} page={page} />}
    </>
  );
}

function OfConversation({ dialog, page }: { readonly dialog: OpenedDialog; readonly page: OpenPage }) {
  switch (dialog.kind) {
    case 'pruned':
      return <PrunedDialog page={page} />;
    case 'share':
      return <ShareDialog page={page} from={dialog.message} />;
    case 'ask-all':
    case 'bring-together':
      return <SeveralDialog page={page} {...dialog} />;
    case 'choose-model':
      return <ChooseOnce {...dialog} />;
    case 'too-large':
      return <TooLarge {...dialog} />;
    case 'cannot-go-back':
      return <CannotGoBack {...dialog} />;
    case 'copy-or-not':
      return <CopyOrNot {...dialog} />;
    case 'summary':
      return <SummaryDialog page={page} {...dialog} />;
    case 'quote-summary':
      return <QuoteSummary page={page} {...dialog} />;
    case 'read-summary':
      return <ReadSummary page={page} message={dialog.message} />;
    case 'files-here':
      return <FilesHere page={page} message={dialog.message} />;
    case 'take-files':
      return <TakeFiles {...dialog} />;
    case 'details':
      return <ReplyDetails page={page} message={dialog.message} />;
    case 'label':
      return <LabelDialog page={page} messages={dialog.messages} />;
    case 'compare':
      return <Compare page={page} tips={dialog.tips} />;
    case 'menu':
      return <MessageMenu page={page} {...dialog} />;
    default:
      return null;
  }
}
