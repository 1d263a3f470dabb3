import type { ComponentType } from 'react';
import { dialogLater } from '../../components/index.ts';
import { type OpenPage, usePage } from '../../stores/page.ts';
import { closeTool, type OpenedTool, useTools } from '../../stores/tools.ts';
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
function toolLater<P extends object>(importer: () => Promise<ComponentType<P>>) {
  return dialogLater<P>(importer, closeTool);
}

const summaries = () => import('../summary/later.ts');
const SummaryDialog = toolLater(async () => (await summaries()).SummaryDialog);
const QuoteSummary = toolLater(async () => (await summaries()).QuoteSummary);
const ReadSummary = toolLater(async () => (await summaries()).ReadSummary);
const FilesHere = toolLater<{ readonly page: OpenPage; readonly message: string }>(
  async () => (await import('../folders/later.ts')).FilesHere,
);
const TakeFiles = toolLater<{
  readonly conversation: string;
  readonly message: string;
  readonly what: 'take' | 'restore';
}>(async () => (await import('../folders/later.ts')).TakeFiles);
const CopiesDialog = toolLater<{
  readonly only?: readonly { readonly conversation: string; readonly copy: string }[];
}>(async () => (await import('../folders/later.ts')).CopiesDialog);
const AlongDialog = toolLater<{ readonly folder: string }>(
  async () => (await import('../folders/later.ts')).AlongDialog,
);
const OpenersDialog = toolLater<{ readonly again?: (() => void) | undefined }>(
  async () => (await import('../folders/later.ts')).OpenersDialog,
);
const PromptsDialog = toolLater(async () => (await import('../prompts/later.ts')).PromptsDialog);
const AccessDialog = toolLater(async () => (await import('../access/later.ts')).AccessDialog);
const FolderDialog = toolLater(async () => (await import('../files/later.ts')).FolderDialog);
const ImportDialog = toolLater(async () => (await import('../transfer/later.ts')).ImportDialog);
const ExportDialog = toolLater<{
  readonly page: OpenPage | undefined;
  readonly conversation?: string | undefined;
  readonly message?: string | undefined;
}>(async () => (await import('../transfer/later.ts')).ExportDialog);

const MoveTo = toolLater<{ readonly conversations: readonly string[] }>(
  async () => (await import('../conversations/later.ts')).MoveTo,
);
const NewFolder = toolLater(async () => (await import('../conversations/later.ts')).NewFolder);
const ExportManyDialog = toolLater<{ readonly conversations: readonly string[] }>(
  async () => (await import('../transfer/later.ts')).ExportManyDialog,
);
const ShareDialog = toolLater<{ readonly page: OpenPage; readonly from?: string | undefined }>(
  async () => (await import('../transfer/later.ts')).ShareDialog,
);

/** Whatever is open over the page. */
export function Tools() {
  const { tool } = useTools();
  const page = usePage();
  return (
    <>
      {tool?.kind === 'palette' && <Palette />}
      {tool?.kind === 'shortcuts' && <ShortcutSheet />}
      {tool?.kind === 'access' && <AccessDialog />}
      {tool?.kind === 'prompts' && <PromptsDialog adding={tool.adding} />}
      {tool?.kind === 'folder' && <FolderDialog {...tool} />}
      {tool?.kind === 'copies' && <CopiesDialog {...tool} />}
      {tool?.kind === 'along' && <AlongDialog folder={tool.folder} />}
      {tool?.kind === 'openers' && <OpenersDialog again={tool.again} />}
      {tool?.kind === 'import' && <ImportDialog />}
      {tool?.kind === 'export' && <ExportDialog {...tool} page={page} />}
      {tool?.kind === 'system-prompt' && <SystemPromptDialog page={page} from={tool.message} />}
      {tool?.kind === 'ask-several' && <AskSeveral run={tool.run} current={tool.current} />}
      {tool?.kind === 'export-many' && <ExportManyDialog conversations={tool.conversations} />}
      {tool?.kind === 'move' && <MoveTo conversations={tool.conversations} />}
      {tool?.kind === 'new-folder' && <NewFolder />}
      {tool?.kind === 'quote-into' && <QuoteInto quotes={tool.quotes} onCancel={tool.onCancel} />}
      {tool && page && <OfConversation tool={tool} page={page} />}
    </>
  );
}

function OfConversation({ tool, page }: { readonly tool: OpenedTool; readonly page: OpenPage }) {
  switch (tool.kind) {
    case 'pruned':
      return <PrunedDialog page={page} />;
    case 'share':
      return <ShareDialog page={page} from={tool.message} />;
    case 'ask-all':
    case 'bring-together':
      return <SeveralDialog page={page} {...tool} />;
    case 'choose-model':
      return <ChooseOnce {...tool} />;
    case 'too-large':
      return <TooLarge {...tool} />;
    case 'cannot-go-back':
      return <CannotGoBack {...tool} />;
    case 'copy-or-not':
      return <CopyOrNot {...tool} />;
    case 'summary':
      return <SummaryDialog page={page} {...tool} />;
    case 'quote-summary':
      return <QuoteSummary page={page} {...tool} />;
    case 'read-summary':
      return <ReadSummary page={page} message={tool.message} />;
    case 'files-here':
      return <FilesHere page={page} message={tool.message} />;
    case 'take-files':
      return <TakeFiles {...tool} />;
    case 'details':
      return <ReplyDetails page={page} message={tool.message} />;
    case 'label':
      return <LabelDialog page={page} messages={tool.messages} />;
    case 'compare':
      return <Compare page={page} tips={tool.tips} />;
    case 'menu':
      return <MessageMenu page={page} {...tool} />;
    default:
      return null;
  }
}
